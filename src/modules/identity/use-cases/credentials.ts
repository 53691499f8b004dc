import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery } from '../../../platform/database/query.js';
import type { Sender } from '../../../platform/http/sender.js';
import type { Id } from '../../../platform/values/id.js';
import type { Attempt } from '../domain/attempt.js';
import {
  CodeRequired,
  CodeWrong,
  ConfirmationCodeWrong,
  InvalidCredentials,
  PasswordWrong,
} from '../domain/identity-problems.js';
import { passwordFits } from '../domain/password-hash.js';
import type { IdentityTables } from '../identity.tables.js';
import { Attempts } from './attempts.js';
import { SecondFactorCodes } from './second-factor-codes.js';

export interface GivenCredentials {
  readonly email: string;
  readonly password: string;
  /** Of the authenticator app, or a recovery code. */
  readonly code?: string | undefined;
}

/** Compares what somebody gives with what is stored; outside of any transaction, for hashing takes its time. */
@Injectable()
export class Credentials {
  constructor(
    private readonly em: EntityManager,
    private readonly attempts: Attempts,
    private readonly codes: SecondFactorCodes,
  ) {}

  /** @throws InvalidCredentials after the same time whether the address is known or not, CodeRequired, CodeWrong, TooManyAttempts */
  async check({ email, password, code }: GivenCredentials, sender: Sender): Promise<Id> {
    const account = email.toLowerCase();
    await this.attempts.count({ kind: 'password', account, sender });
    const person = await this.people.where('email', '=', account).executeTakeFirst();
    const fits = await passwordFits(person?.passwordHash ?? null, password);
    if (!person || !fits) throw new InvalidCredentials();
    if (person.secondFactorAt !== null) await this.checkCode(person.userId, code, { kind: 'code', account, sender });
    // Not before: whoever has the password alone shall wait like everybody else.
    await this.attempts.forgive({ kind: 'password', account, sender });
    return person.userId;
  }

  private async checkCode(userId: Id, code: string | undefined, attempt: Attempt): Promise<void> {
    if (code === undefined) throw new CodeRequired();
    await this.attempts.count(attempt);
    if (!(await this.codes.spend(userId, code))) throw new CodeWrong();
    await this.attempts.forgive(attempt);
  }

  /** Of somebody signed in, before what a found laptop must not do. @throws PasswordWrong, TooManyAttempts */
  async confirmPassword(userId: Id, password: string, sender: Sender): Promise<void> {
    const { account, passwordHash } = await this.signedIn(userId);
    const attempt: Attempt = { kind: 'password', account, sender };
    await this.attempts.count(attempt);
    if (!(await passwordFits(passwordHash, password))) throw new PasswordWrong();
    await this.attempts.forgive(attempt);
  }

  /** What a code of somebody signed in lets him do: `spend` does it, or gives null when the code is wrong. @throws ConfirmationCodeWrong, TooManyAttempts */
  async confirmCode<T>(userId: Id, sender: Sender, spend: () => Promise<T | null>): Promise<T> {
    const { account } = await this.signedIn(userId);
    const attempt: Attempt = { kind: 'code', account, sender };
    await this.attempts.count(attempt);
    const done = await spend();
    if (done === null) throw new ConfirmationCodeWrong();
    await this.attempts.forgive(attempt);
    return done;
  }

  /** What was tried for a password that is no more. Codes are another matter: a link in the mail gives no further guesses. */
  async forgivePasswords(userId: Id, sender: Sender): Promise<void> {
    const { account } = await this.signedIn(userId);
    await this.attempts.forgetAccount({ kind: 'password', account, sender });
  }

  private async signedIn(userId: Id) {
    const { email, passwordHash } = await this.people.where('users.id', '=', bin(userId)).executeTakeFirstOrThrow();
    return { account: email, passwordHash };
  }

  private get people() {
    return globalQuery<IdentityTables>(this.em)
      .selectFrom('users')
      .leftJoin('second_factors', 'second_factors.user_id', 'users.id')
      .select(['users.id as userId', 'users.email', 'users.password_hash as passwordHash'])
      .select('second_factors.confirmed_at as secondFactorAt');
  }
}
