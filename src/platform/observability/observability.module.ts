import { Global, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { AppConfig } from '../config/app.config.js';
import { configProvider } from '../config/config.module.js';
import { DiscoveryModule } from '../discovery/discovery.module.js';
import { ErrorReports } from './errors/error-reports.js';
import { ErrorReportsModule } from './errors/error-reports.module.js';
import { HealthController } from './health.controller.js';
import { Health } from './health.js';
import { LogOutput, LogOutputModule } from './log-output.js';
import { loggingParams } from './logging.js';
import { AboutMetrics } from './metrics/about-metrics.js';
import { HttpMetrics } from './metrics/http-metrics.js';
import { Measurements } from './metrics/measurements.js';
import { MetricsAccess } from './metrics/metrics-access.js';
import { MetricsConfig } from './metrics/metrics.config.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { QueueMetrics } from './metrics/queue-metrics.js';
import { ReadMetrics } from './metrics/read-metrics.js';
import { QueueBoard } from './queue-board.js';
import { QueueDirectory } from './queue-directory.js';
import { Readiness } from './readiness.js';

/** Logs, error reports, metrics, health and the queue board. */
@Global()
@Module({
  imports: [
    DiscoveryModule,
    ErrorReportsModule,
    LoggerModule.forRootAsync({
      imports: [LogOutputModule, ErrorReportsModule],
      inject: [AppConfig, LogOutput, ErrorReports],
      useFactory: ({ logLevel }: AppConfig, { stream }: LogOutput, errors: ErrorReports) =>
        loggingParams(logLevel, stream, (error) => errors.report(error)),
    }),
  ],
  controllers: [HealthController, MetricsController],
  providers: [
    Health,
    QueueBoard,
    QueueDirectory,
    Readiness,
    configProvider(MetricsConfig),
    MetricsAccess,
    ReadMetrics,
    Measurements,
    AboutMetrics,
    HttpMetrics,
    QueueMetrics,
  ],
  exports: [ErrorReportsModule, Health, Readiness, QueueBoard, HttpMetrics],
})
export class ObservabilityModule {}
