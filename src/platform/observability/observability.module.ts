import { Global, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { AppConfig } from '../config/app.config.js';
import { DiscoveryModule } from '../discovery/discovery.module.js';
import { HealthController } from './health.controller.js';
import { Health } from './health.js';
import { loggingParams } from './logging.js';
import { QueueBoard } from './queue-board.js';
import { QueueDirectory } from './queue-directory.js';
import { Readiness } from './readiness.js';

/** Logs, health and the queue board. */
@Global()
@Module({
  imports: [
    DiscoveryModule,
    LoggerModule.forRootAsync({
      inject: [AppConfig],
      useFactory: ({ logLevel }: AppConfig) => loggingParams(logLevel),
    }),
  ],
  controllers: [HealthController],
  providers: [Health, QueueBoard, QueueDirectory, Readiness],
  exports: [Readiness, QueueBoard],
})
export class ObservabilityModule {}
