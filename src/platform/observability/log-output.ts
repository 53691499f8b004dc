import { Injectable, Module } from '@nestjs/common';
import { type DestinationStream, destination } from 'pino';

/** Where log lines go: standard output, at once. A test listens here. */
@Injectable()
export class LogOutput {
  readonly stream: DestinationStream = destination(1);
}

@Module({ providers: [LogOutput], exports: [LogOutput] })
export class LogOutputModule {}
