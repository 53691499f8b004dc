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

export interface Invitee {
  readonly email: string;
  readonly name: string;
  /** E.164 */
  readonly phone?: string | null | undefined;
  readonly locale?: Locale | undefined;
  /** False: nothing is sent now, and an invitation may follow later. */
  readonly notify?: boolean | undefined;
}

export interface Invitation extends Invitee {
  readonly role: SchoolRole;
}

export interface Invited {
  readonly userId: Id;
  /** He is new to the system. */
  readonly created: boolean;
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
  async execute({ role, ...person }: Invitation): Promise<Invited> {
    const [invited] = await this.all(role, [person]);
    return invited!;
  }

  /** Many at once, in the order given, in as many statements as one takes. Whoever is given twice is one person. */
  @Transaction()
  async all(role: SchoolRole, people: readonly Invitee[]): Promise<Invited[]> {
    const asked = people.map((person) => ({ ...person, email: person.email.toLowerCase(), newUserId: newId() }));
    await this.insertUnlessKnown(asked);
    const users = await this.byEmail(asked.map(({ email }) => email));
    await this.memberships.add(
      [...users.values()].map(({ id }) => id),
      role,
    );
    for (const { email, notify } of asked) {
      const { id, passwordHash } = users.get(email)!;
      if (passwordHash === null && notify !== false) await this.invitations.send(id);
    }
    return asked.map(({ email, newUserId }) => {
      const { id } = users.get(email)!;
      return { userId: id, created: id === newUserId };
    });
  }

  // One statement, so that two invitations of the same address at once both find one person.
  private async insertUnlessKnown(people: readonly (Invitee & { readonly newUserId: Id })[]): Promise<void> {
    const now = this.clock.now();
    const rows = people.map(({ newUserId, email, name, phone, locale }) => ({
      id: bin(newUserId),
      email,
      name,
      phone: phone ?? null,
      locale: locale ?? ('da' as const),
      platform_admin: false,
      created_at: now,
    }));
    await globalQuery<IdentityTables>(this.em)
      .insertInto('users')
      .values(rows)
      .onDuplicateKeyUpdate((stored) => ({ email: stored.ref('users.email') }))
      .execute();
  }

  private async byEmail(emails: readonly string[]) {
    const users = await globalQuery<IdentityTables>(this.em)
      .selectFrom('users')
      .select(['id', 'email', 'password_hash as passwordHash'])
      .where('email', 'in', emails)
      .execute();
    return new Map(users.map((user) => [user.email, user]));
  }
}
