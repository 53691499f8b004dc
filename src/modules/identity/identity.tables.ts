import type { Tables } from '../../platform/database/query.js';
import { ApiKeySchema } from './domain/api-key.js';
import { MembershipSchema } from './domain/membership.js';
import { OneTimeTokenSchema } from './domain/one-time-token.js';
import { PartnerKeySchema } from './domain/partner-key.js';
import { RecoveryCodeSchema, SecondFactorSchema } from './domain/second-factor.js';
import { RefreshTokenSchema, SessionSchema } from './domain/session.js';
import { SignInRulesSchema } from './domain/sign-in-rules.js';
import { SupportAccessSchema } from './domain/support-access.js';
import { UserSchema } from './domain/user.js';

export const identityEntities = [
  UserSchema,
  MembershipSchema,
  SessionSchema,
  RefreshTokenSchema,
  OneTimeTokenSchema,
  SecondFactorSchema,
  RecoveryCodeSchema,
  ApiKeySchema,
  PartnerKeySchema,
  SupportAccessSchema,
  SignInRulesSchema,
];

export type IdentityTables = Tables<(typeof identityEntities)[number]>;
