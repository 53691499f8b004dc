import { Module } from '@nestjs/common';
import { AppConfig } from '../../config/app.config.js';
import { configProvider } from '../../config/config.module.js';
import { Metrics } from '../metrics/metrics.js';
import { ErrorReportsConfig } from './error-reports.config.js';
import { ErrorReports } from './error-reports.js';

@Module({
  providers: [
    configProvider(ErrorReportsConfig),
    {
      provide: ErrorReports,
      inject: [ErrorReportsConfig, AppConfig, Metrics],
      useFactory: (...parts: Parameters<typeof ErrorReports.open>) => ErrorReports.open(...parts),
    },
  ],
  exports: [ErrorReports],
})
export class ErrorReportsModule {}
