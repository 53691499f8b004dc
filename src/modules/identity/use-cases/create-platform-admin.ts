import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import { type Id, newId } from '../../../platform/values/id.js';
import { User } from '../domain/user.js';
import { SetPassword } from './set-password.js';

/** The first person of an installation, made from the command line. A known address becomes an administrator. */
@Injectable()
export class CreatePlatformAdmin {
  constructor(
    readonly em: EntityManager,
    private readonly setPassword: SetPassword,
    private readonly clock: Clock,
  ) {}

  /** @throws PasswordTooGuessable */
  @Transaction()
  async execute({ email, name, password }: { email: string; name: string; password: string }): Promise<Id> {
    const address = email.toLowerCase();
    const user =
      (await this.em.findOne(User, { email: address })) ??
      this.em.create(User, {
        id: newId(),
        email: address,
        passwordHash: null,
        name,
        phone: null,
        locale: 'da',
        platformAdmin: true,
        createdAt: this.clock.now(),
      });
    user.platformAdmin = true;
    await this.em.persist(user).flush();
    await this.setPassword.execute(user.id, password);
    return user.id;
  }
}
