import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { AccessTokens } from './access-tokens.js';
import { Authenticator } from './authenticator.js';
import { RouteCheck } from './route-check.js';

/** The guard of every route. Who somebody is comes from the identity module, through AccessDirectory and PermissionCatalogue; what keeps a school back, through Admission. */
@Global()
@Module({
  providers: [AccessTokens, Authenticator, RouteCheck, { provide: APP_GUARD, useClass: AccessGuard }],
  exports: [AccessTokens, Authenticator],
})
export class AuthModule {}
