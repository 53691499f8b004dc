import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import { type Id, newId } from '../../../platform/values/id.js';
import type { SchoolRole } from '../domain/membership.js';
import type { Locale } from '../domain/user.js';
import type { IdentityTables } from '../identity.tables.js';
import { Invitations } from './invitations.js';
import { Memberships } from './memberships.js';

export interface Invitation {
  readonly email: string;
  readonly name: string;
  /** E.164 */
  readonly phone?: string | null | undefined;
  readonly role: SchoolRole;
  readonly locale?: Locale | undefined;
  /** False: nothing is sent now, and an invitation may follow later. */
  readonly notify?: boolean | undefined;
}

/** Makes somebody a member of the current school, and a person of the system when he is new. */
@Injectable()
export class InviteUser {
  constructor(
    readonly em: EntityManager,
    private readonly memberships: Memberships,
    private readonly invitations: Invitations,
    private readonly clock: Clock,
  ) {}

  /** Repeating it changes nothing. Whoever has no password yet is sent a link; name and phone of a known person stay his own. */
  @Transaction()
  async execute(invitation: Invitation): Promise<{ userId: Id; created: boolean }> {
    const newUserId = newId();
    await this.insertUserUnlessKnown(newUserId, invitation);
    const user = await globalQuery<IdentityTables>(this.em)
      .selectFrom('users')
      .select(['id', 'password_hash'])
      .where('email', '=', invitation.email.toLowerCase())
      .executeTakeFirstOrThrow();
    await this.memberships.add(user.id, invitation.role);
    if (user.password_hash === null && invitation.notify !== false) await this.invitations.send(user.id);
    return { userId: user.id, created: user.id === newUserId };
  }

  // One statement, so that two invitations of the same address at once both find one person.
  private async insertUserUnlessKnown(id: Id, { email, name, phone, locale }: Invitation): Promise<void> {
    await globalQuery<IdentityTables>(this.em)
      .insertInto('users')
      .values({
        id: bin(id),
        email: email.toLowerCase(),
        name,
        phone: phone ?? null,
        locale: locale ?? 'da',
        platform_admin: false,
        created_at: this.clock.now(),
      })
      .onDuplicateKeyUpdate((stored) => ({ email: stored.ref('users.email') }))
      .execute();
  }
}
