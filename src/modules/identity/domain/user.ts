import { defineEntity } from '@mikro-orm/core';
import { bool, code, id, instant, text } from '../../../platform/database/columns.js';
import { PasswordTooGuessable } from './identity-problems.js';

export const locales = ['da', 'en'] as const;
export type Locale = (typeof locales)[number];

export const UserSchema = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: {
    id: id().primary(),
    // Lower-cased: one person, one account, whichever way the address is typed. By the rules of sorting andré and andre would be one.
    email: text(254).collation('utf8mb4_bin').unique('users_email'),
    passwordHash: text(200).nullable(),
    name: text(200),
    phone: text(20).nullable(),
    locale: code<Locale>(),
    platformAdmin: bool(),
    createdAt: instant(),
  },
});

/** A person with a login. What he may do, and where, is in his memberships. */
export class User extends UserSchema.class {
  /** @throws PasswordTooGuessable when it is the person's own address or name */
  assertPasswordSuits(password: string): void {
    const own = [this.email, this.email.split('@')[0] ?? '', this.name];
    if (own.some((each) => each.toLowerCase() === password.trim().toLowerCase())) throw new PasswordTooGuessable();
  }
}
UserSchema.setClass(User);
