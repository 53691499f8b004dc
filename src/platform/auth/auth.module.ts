import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { RateLimitGuard } from '../http/rate-limit/rate-limit.guard.js';
import { AccessGuard } from './access.guard.js';
import { AccessTokens } from './access-tokens.js';
import { Authenticator } from './authenticator.js';
import { RouteCheck } from './route-check.js';

/** The guards of every route. Who somebody is comes from the identity module, through AccessDirectory and PermissionCatalogue; what keeps a school back, through Admission. */
@Global()
@Module({
  providers: [
    AccessTokens,
    Authenticator,
    RouteCheck,
    { provide: APP_GUARD, useClass: AccessGuard },
    // After it: counted is who was let in.
    { provide: APP_GUARD, useClass: RateLimitGuard },
  ],
  exports: [AccessTokens, Authenticator],
})
export class AuthModule {}
