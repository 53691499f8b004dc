import { type DynamicModule, Global, Module, type Provider } from '@nestjs/common';
import { ConfigModule as NestConfigModule, ConfigService } from '@nestjs/config';
import type { Environment, SectionClass } from './config.section.js';
import { readConfig } from './read-config.js';
import { environment } from './environment.js';
import { AppConfig } from './app.config.js';

const SECTIONS = 'configSections';

/** Provides a section's validated object under its own class. */
export function configProvider<T extends object>(type: SectionClass<T>): Provider {
  return {
    provide: type,
    inject: [ConfigService],
    useFactory: (config: ConfigService) => config.getOrThrow<Map<SectionClass, T>>(SECTIONS).get(type),
  };
}

/** Reads the environment (and .env) once, before anything else starts. */
@Global()
@Module({})
export class ConfigModule {
  static forRoot(overrides: Environment = {}): DynamicModule {
    return {
      module: ConfigModule,
      imports: [
        NestConfigModule.forRoot({
          isGlobal: true,
          ignoreEnvFile: true,
          load: [() => ({ [SECTIONS]: readConfig({ ...environment(), ...overrides }) })],
        }),
      ],
      providers: [configProvider(AppConfig)],
      exports: [AppConfig],
    };
  }
}
