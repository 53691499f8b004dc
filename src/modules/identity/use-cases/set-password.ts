import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import type { Id } from '../../../platform/values/id.js';
import { hashPassword } from '../domain/password-hash.js';
import { User } from '../domain/user.js';
import { EndSessions } from './end-sessions.js';

/** Gives a person a password and ends whatever was signed in with the old one. */
@Injectable()
export class SetPassword {
  constructor(
    readonly em: EntityManager,
    private readonly endSessions: EndSessions,
    private readonly audit: Audit,
  ) {}

  /** @param exceptSession the one from which he changes it @throws PasswordTooGuessable */
  @Transaction()
  async execute(userId: Id, password: string, exceptSession?: Id): Promise<void> {
    const user = await this.em.findOneOrFail(User, { id: userId });
    await user.assertPasswordSuits(password);
    user.passwordHash = await hashPassword(password);
    await this.em.flush();
    await this.endSessions.allOf(userId, exceptSession);
    await this.audit.record({ action: 'password.changed', subjectId: userId });
  }
}
