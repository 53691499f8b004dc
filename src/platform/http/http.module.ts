import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { configProvider } from '../config/config.module.js';
import { ConditionalInterceptor } from './conditional/conditional.interceptor.js';
import { HomeController } from './home.controller.js';
import { HttpConfig } from './http.config.js';
import { IdempotencyInterceptor } from './idempotency/idempotency.interceptor.js';
import { StoredAnswers } from './idempotency/stored-answers.js';
import { ProblemFilter } from './problem.filter.js';
import { RequestValidation } from './request-validation.js';
import { EventStreams } from './sse.js';

/** How requests are read and refused, everywhere alike. */
@Global()
@Module({
  controllers: [HomeController],
  providers: [
    configProvider(HttpConfig),
    StoredAnswers,
    EventStreams,
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
    { provide: APP_INTERCEPTOR, useClass: ConditionalInterceptor },
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useClass: RequestValidation },
  ],
  exports: [HttpConfig, EventStreams],
})
export class HttpModule {}
