import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { configProvider } from '../config/config.module.js';
import { HomeController } from './home.controller.js';
import { HttpConfig } from './http.config.js';
import { IdempotencyInterceptor } from './idempotency/idempotency.interceptor.js';
import { StoredAnswers } from './idempotency/stored-answers.js';
import { UnderWay } from './idempotency/under-way.js';
import { ProblemsController } from './problem-pages/problems.controller.js';
import { ProblemFilter } from './problem.filter.js';
import { RateLimitConfig } from './rate-limit/rate-limit.config.js';
import { RateLimits } from './rate-limit/rate-limits.js';
import { SharedLimiters } from './rate-limit/shared-limiters.js';
import { RequestValidation } from './request-validation.js';
import { EventStreams } from './sse.js';

/** How requests are read and refused, everywhere alike. */
@Global()
@Module({
  controllers: [HomeController, ProblemsController],
  providers: [
    configProvider(HttpConfig),
    StoredAnswers,
    UnderWay,
    EventStreams,
    configProvider(RateLimitConfig),
    RateLimits,
    SharedLimiters,
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useClass: RequestValidation },
  ],
  exports: [HttpConfig, EventStreams, RateLimits, SharedLimiters],
})
export class HttpModule {}
