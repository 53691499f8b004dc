import { Module } from '@nestjs/common';

/** The list of modules; each brings its own providers, controllers and jobs. */
@Module({ imports: [] })
export class AppModule {}
