import { Global, Module } from '@nestjs/common';
import { configProvider } from '../../config/config.module.js';
import { ClientTracing } from './client-tracing.js';
import { HttpTracing } from './http-tracing.js';
import { Tracing } from './tracing.js';
import { TracingConfig } from './tracing.config.js';

/** Traces, when a collector is configured. */
@Global()
@Module({
  providers: [configProvider(TracingConfig), Tracing, HttpTracing, ClientTracing],
  exports: [Tracing, HttpTracing],
})
export class TracingModule {}
