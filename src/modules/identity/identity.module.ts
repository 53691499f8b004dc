import { Global, Module } from '@nestjs/common';
import { AccessDirectory, PermissionCatalogue } from '../../platform/auth/access-directory.js';
import { RolePermissions } from './domain/role-permissions.js';
import { AccountPasswordController } from './http/account-password.controller.js';
import { ApiKeysController } from './http/api-keys.controller.js';
import { AuditLogController } from './http/audit-log.controller.js';
import { AuthController } from './http/auth.controller.js';
import { MeController } from './http/me.controller.js';
import { OpsLoginController } from './http/ops-login.controller.js';
import { ForgetExpiredLogins } from './jobs/forget-expired-logins.js';
import { AccountReader } from './queries/account-reader.js';
import { ApiKeyReader } from './queries/api-key-reader.js';
import { AuditLog } from './queries/audit-log.js';
import { LastUses } from './queries/last-uses.js';
import { SessionAccess } from './queries/session-access.js';
import { UserContacts } from './queries/user-contacts.js';
import { AcceptInvitation } from './use-cases/accept-invitation.js';
import { CreateApiKey } from './use-cases/create-api-key.js';
import { CreateOneTimeToken } from './use-cases/create-one-time-token.js';
import { CreatePlatformAdmin } from './use-cases/create-platform-admin.js';
import { Credentials } from './use-cases/credentials.js';
import { EndSessions } from './use-cases/end-sessions.js';
import { InviteUser } from './use-cases/invite-user.js';
import { LogIn } from './use-cases/log-in.js';
import { LogInOperator } from './use-cases/log-in-operator.js';
import { MintOneTimeToken } from './use-cases/mint-one-time-token.js';
import { OpenSession } from './use-cases/open-session.js';
import { RedeemOneTimeToken } from './use-cases/redeem-one-time-token.js';
import { RefreshSession } from './use-cases/refresh-session.js';
import { RequestPasswordReset } from './use-cases/request-password-reset.js';
import { RevokeApiKey } from './use-cases/revoke-api-key.js';
import { SetPassword } from './use-cases/set-password.js';
import { WithdrawRole } from './use-cases/withdraw-role.js';

const frontDoor = [InviteUser, MintOneTimeToken, UserContacts, CreatePlatformAdmin, SetPassword, WithdrawRole];

/** People, their logins, and what they may do where. Global, because the guard of every route asks it. */
@Global()
@Module({
  controllers: [
    AccountPasswordController,
    ApiKeysController,
    AuditLogController,
    AuthController,
    MeController,
    OpsLoginController,
  ],
  providers: [
    ...frontDoor,
    { provide: AccessDirectory, useClass: SessionAccess },
    { provide: PermissionCatalogue, useClass: RolePermissions },
    AcceptInvitation,
    AccountReader,
    ApiKeyReader,
    AuditLog,
    CreateApiKey,
    CreateOneTimeToken,
    Credentials,
    EndSessions,
    ForgetExpiredLogins,
    LastUses,
    LogIn,
    LogInOperator,
    OpenSession,
    RedeemOneTimeToken,
    RefreshSession,
    RequestPasswordReset,
    RevokeApiKey,
  ],
  exports: [...frontDoor, AccessDirectory, PermissionCatalogue],
})
export class IdentityModule {}
