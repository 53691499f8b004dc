import { Global, Module } from '@nestjs/common';
import { AccessDirectory, PermissionCatalogue } from '../../platform/auth/access-directory.js';
import { configProvider } from '../../platform/config/config.module.js';
import { RolePermissions } from './domain/role-permissions.js';
import { AccountPagesController } from './http/account-pages.controller.js';
import { ApiKeysController } from './http/api-keys.controller.js';
import { AuditLogController } from './http/audit-log.controller.js';
import { AuthController } from './http/auth.controller.js';
import { MeController } from './http/me.controller.js';
import { MembersController } from './http/members.controller.js';
import { OpsLoginController } from './http/ops-login.controller.js';
import { OpsLogoutController } from './http/ops-logout.controller.js';
import { PartnerKeysController } from './http/partner-keys.controller.js';
import { SecondFactorController } from './http/second-factor.controller.js';
import { SignInRulesController } from './http/sign-in-rules.controller.js';
import { SupportAccessController } from './http/support-access.controller.js';
import { ForgetExpiredLogins } from './jobs/forget-expired-logins.js';
import { AccountPrivacy } from './privacy/account-privacy.js';
import { AccountReader } from './queries/account-reader.js';
import { ApiKeyReader } from './queries/api-key-reader.js';
import { AuditLog } from './queries/audit-log.js';
import { KnownDevices } from './queries/known-devices.js';
import { LastUses } from './queries/last-uses.js';
import { MemberReader } from './queries/member-reader.js';
import { PartnerKeyReader } from './queries/partner-key-reader.js';
import { SecondFactorReader } from './queries/second-factor-reader.js';
import { PlatformAdmins } from './queries/platform-admins.js';
import { PeopleElsewhere } from './queries/people-elsewhere.js';
import { SessionAccess } from './queries/session-access.js';
import { SessionReader } from './queries/session-reader.js';
import { SignInRulesReader } from './queries/sign-in-rules-reader.js';
import { SupportAccessReader } from './queries/support-access-reader.js';
import { UserContacts } from './queries/user-contacts.js';
import { SignInConfig } from './sign-in.config.js';
import { AcceptInvitation } from './use-cases/accept-invitation.js';
import { Attempts } from './use-cases/attempts.js';
import { ChangePassword } from './use-cases/change-password.js';
import { ChangeSignInRules } from './use-cases/change-sign-in-rules.js';
import { CloseSupportAccess } from './use-cases/close-support-access.js';
import { CompletePasswordReset } from './use-cases/complete-password-reset.js';
import { ConfirmSecondFactor } from './use-cases/confirm-second-factor.js';
import { CreateApiKey } from './use-cases/create-api-key.js';
import { CreateOneTimeToken } from './use-cases/create-one-time-token.js';
import { CreatePartnerKey } from './use-cases/create-partner-key.js';
import { CreatePlatformAdmin } from './use-cases/create-platform-admin.js';
import { Credentials } from './use-cases/credentials.js';
import { DisableSecondFactor } from './use-cases/disable-second-factor.js';
import { EndOwnSession } from './use-cases/end-own-session.js';
import { EndSessions } from './use-cases/end-sessions.js';
import { EnrolSecondFactor } from './use-cases/enrol-second-factor.js';
import { Invitations } from './use-cases/invitations.js';
import { InviteMember } from './use-cases/invite-member.js';
import { ForgetAccount } from './use-cases/forget-account.js';
import { InviteUser } from './use-cases/invite-user.js';
import { LogInOperator } from './use-cases/log-in-operator.js';
import { LogIn } from './use-cases/log-in.js';
import { Memberships } from './use-cases/memberships.js';
import { MintOneTimeToken } from './use-cases/mint-one-time-token.js';
import { OpenSession } from './use-cases/open-session.js';
import { OpenSupportAccess } from './use-cases/open-support-access.js';
import { RedeemOneTimeToken } from './use-cases/redeem-one-time-token.js';
import { RefreshSession } from './use-cases/refresh-session.js';
import { RemoveMember } from './use-cases/remove-member.js';
import { RenewRecoveryCodes } from './use-cases/renew-recovery-codes.js';
import { RequestPasswordReset } from './use-cases/request-password-reset.js';
import { ResendInvitation } from './use-cases/resend-invitation.js';
import { RevokeApiKey } from './use-cases/revoke-api-key.js';
import { RevokePartnerKey } from './use-cases/revoke-partner-key.js';
import { RotateApiKey } from './use-cases/rotate-api-key.js';
import { RotatePartnerKey } from './use-cases/rotate-partner-key.js';
import { SecondFactorCodes } from './use-cases/second-factor-codes.js';
import { SetMemberRoles } from './use-cases/set-member-roles.js';
import { SetPassword } from './use-cases/set-password.js';
import { TurnOffSecondFactor } from './use-cases/turn-off-second-factor.js';
import { UpdateAccount } from './use-cases/update-account.js';
import { WithdrawInvitation } from './use-cases/withdraw-invitation.js';

const frontDoor = [
  ForgetAccount,
  InviteUser,
  Memberships,
  MintOneTimeToken,
  PeopleElsewhere,
  PlatformAdmins,
  UserContacts,
  CreatePlatformAdmin,
  SetPassword,
  CreatePartnerKey,
  DisableSecondFactor,
  EndOwnSession,
];

/** People, their logins, and what they may do where. Global, because the guard of every route asks it. */
@Global()
@Module({
  controllers: [
    AccountPagesController,
    ApiKeysController,
    AuditLogController,
    AuthController,
    MeController,
    MembersController,
    OpsLoginController,
    OpsLogoutController,
    PartnerKeysController,
    SecondFactorController,
    SignInRulesController,
    SupportAccessController,
  ],
  providers: [
    ...frontDoor,
    { provide: AccessDirectory, useClass: SessionAccess },
    { provide: PermissionCatalogue, useClass: RolePermissions },
    configProvider(SignInConfig),
    AcceptInvitation,
    AccountPrivacy,
    AccountReader,
    ApiKeyReader,
    Attempts,
    AuditLog,
    ChangePassword,
    ChangeSignInRules,
    CloseSupportAccess,
    CompletePasswordReset,
    ConfirmSecondFactor,
    CreateApiKey,
    CreateOneTimeToken,
    Credentials,
    EndSessions,
    EnrolSecondFactor,
    ForgetExpiredLogins,
    Invitations,
    InviteMember,
    KnownDevices,
    LastUses,
    LogIn,
    LogInOperator,
    MemberReader,
    OpenSession,
    OpenSupportAccess,
    PartnerKeyReader,
    RedeemOneTimeToken,
    RefreshSession,
    RemoveMember,
    RenewRecoveryCodes,
    RequestPasswordReset,
    ResendInvitation,
    RevokeApiKey,
    RevokePartnerKey,
    RotateApiKey,
    RotatePartnerKey,
    SecondFactorCodes,
    SecondFactorReader,
    SessionReader,
    SetMemberRoles,
    SignInRulesReader,
    SupportAccessReader,
    TurnOffSecondFactor,
    UpdateAccount,
    WithdrawInvitation,
  ],
  exports: [...frontDoor, AccessDirectory, PermissionCatalogue],
})
export class IdentityModule {}
