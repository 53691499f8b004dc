import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { configProvider } from '../config/config.module.js';
import { ConditionalInterceptor } from './conditional/conditional.interceptor.js';
import { HomeController } from './home.controller.js';
import { HttpConfig } from './http.config.js';
import { IdempotencyInterceptor } from './idempotency/idempotency.interceptor.js';
import { StoredAnswers } from './idempotency/stored-answers.js';
import { ProblemsController } from './problem-pages/problems.controller.js';
import { ProblemFilter } from './problem.filter.js';
import { RateLimitConfig } from './rate-limit/rate-limit.config.js';
import { RateLimitInterceptor } from './rate-limit/rate-limit.interceptor.js';
import { RateLimits } from './rate-limit/rate-limits.js';
import { RequestValidation } from './request-validation.js';
import { EventStreams } from './sse.js';

/** How requests are read and refused, everywhere alike. */
@Global()
@Module({
  controllers: [HomeController, ProblemsController],
  providers: [
    configProvider(HttpConfig),
    StoredAnswers,
    EventStreams,
    configProvider(RateLimitConfig),
    RateLimits,
    { provide: APP_INTERCEPTOR, useClass: RateLimitInterceptor },
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
    { provide: APP_INTERCEPTOR, useClass: ConditionalInterceptor },
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useClass: RequestValidation },
  ],
  exports: [HttpConfig, EventStreams],
})
export class HttpModule {}
