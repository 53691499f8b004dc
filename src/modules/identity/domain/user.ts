import { defineEntity } from '@mikro-orm/core';
import { bool, code, id, instant, text } from '../../../platform/database/columns.js';
import { given } from '../../../platform/values/given.js';
import { PasswordTooGuessable } from './identity-problems.js';
import { passwordWeakness } from './password-strength.js';

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
    /** IANA; null: the school's. */
    zone: text(60).nullable(),
    platformAdmin: bool().index('users_platform_admin'),
    createdAt: instant(),
  },
});

export interface AccountChange {
  readonly name?: string;
  readonly phone?: string | null;
  readonly locale?: Locale;
  readonly zone?: string | null;
}

/** A person with a login. What he may do, and where, is in his memberships. */
export class User extends UserSchema.class {
  /** @throws PasswordTooGuessable */
  async assertPasswordSuits(password: string): Promise<void> {
    const weakness = await passwordWeakness(password, [this.name, this.email]);
    if (weakness) throw new PasswordTooGuessable(weakness);
  }

  /** What somebody changes of himself. */
  change(change: AccountChange): void {
    Object.assign(this, given(change));
  }
}
UserSchema.setClass(User);
