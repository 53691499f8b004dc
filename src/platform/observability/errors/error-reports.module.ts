import { Module } from '@nestjs/common';
import { configProvider } from '../../config/config.module.js';
import { ErrorReportsConfig } from './error-reports.config.js';
import { ErrorReports } from './error-reports.js';

@Module({ providers: [configProvider(ErrorReportsConfig), ErrorReports], exports: [ErrorReports] })
export class ErrorReportsModule {}
