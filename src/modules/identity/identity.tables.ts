import type { Tables } from '../../platform/database/query.js';
import { MembershipSchema } from './domain/membership.js';
import { OneTimeTokenSchema } from './domain/one-time-token.js';
import { RefreshTokenSchema, SessionSchema } from './domain/session.js';
import { UserSchema } from './domain/user.js';

export const identityEntities = [UserSchema, MembershipSchema, SessionSchema, RefreshTokenSchema, OneTimeTokenSchema];

export type IdentityTables = Tables<
  | typeof UserSchema
  | typeof MembershipSchema
  | typeof SessionSchema
  | typeof RefreshTokenSchema
  | typeof OneTimeTokenSchema
>;
