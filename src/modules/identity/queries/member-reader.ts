import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byAge, is, List } from '../../../platform/database/list.js';
import { bins, schoolQuery } from '../../../platform/database/query.js';
import type { Page } from '../../../platform/http/paging.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { MemberNotFound } from '../domain/member-problems.js';
import type { SchoolRole } from '../domain/membership.js';
import type { IdentityTables } from '../identity.tables.js';
import { PeopleElsewhere } from './people-elsewhere.js';

export interface Member {
  readonly userId: Id;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly SchoolRole[];
  /** Has a password. */
  readonly hasJoined: boolean;
  readonly hasSecondFactor: boolean;
  /** Until when the link works that the school has sent; null when there is none that does. */
  readonly invitedUntil: Date | null;
}

export const memberList = new List({
  id: 'memberships.user_id',
  sorts: { createdAt: byAge },
  defaultSort: 'createdAt',
  filters: { role: is<SchoolRole>('memberships.role') },
});

/** Who belongs to the current school, and as what. */
@Injectable()
export class MemberReader {
  constructor(
    private readonly em: EntityManager,
    private readonly elsewhere: PeopleElsewhere,
    private readonly clock: Clock,
  ) {}

  /** In the order in which they became people of the system; those with the role that is asked for. */
  async list(asked: Asked<typeof memberList>): Promise<Page<Member>> {
    const ids = this.members.select('memberships.user_id as id').groupBy('memberships.user_id');
    const { items, nextCursor } = await memberList.page(ids, asked);
    return { items: await this.of(items.map(({ id }) => id)), nextCursor };
  }

  /** @throws MemberNotFound */
  async get(userId: Id): Promise<Member> {
    const [member] = await this.of([userId]);
    if (!member) throw new MemberNotFound();
    return member;
  }

  private async of(userIds: readonly Id[]): Promise<Member[]> {
    if (userIds.length === 0) return [];
    const [people, invitations] = [await this.people(userIds), await this.openInvitations(userIds)];
    const elsewhere = await this.elsewhere.among(userIds);
    return userIds.flatMap((userId) => {
      const rows = people.filter((row) => row.userId === userId);
      const [first] = rows;
      if (!first) return [];
      const { role: _, passwordHash, confirmedAt, ...person } = first;
      const isElsewhere = elsewhere.has(userId);
      return {
        ...person,
        name: isElsewhere ? person.email : person.name,
        roles: rows.map(({ role }) => role),
        hasJoined: passwordHash !== null,
        hasSecondFactor: confirmedAt !== null && !isElsewhere,
        invitedUntil: invitations.get(userId) ?? null,
      };
    });
  }

  private people(userIds: readonly Id[]) {
    return this.members
      .innerJoin('users', 'users.id', 'memberships.user_id')
      .leftJoin('second_factors', 'second_factors.user_id', 'users.id')
      .select(['users.id as userId', 'users.name', 'users.email', 'memberships.role'])
      .select(['users.password_hash as passwordHash', 'second_factors.confirmed_at as confirmedAt'])
      .where('memberships.user_id', 'in', bins(userIds))
      .execute();
  }

  private async openInvitations(userIds: readonly Id[]): Promise<Map<Id, Date>> {
    const rows = await schoolQuery<IdentityTables>(this.em)
      .selectFrom('one_time_tokens')
      .select(['user_id as userId', 'expires_at as expiresAt'])
      .where('user_id', 'in', bins(userIds))
      .where('purpose', '=', 'invitation')
      .where('used_at', 'is', null)
      .where('expires_at', '>', this.clock.now())
      .orderBy('id')
      .execute();
    return new Map(rows.map(({ userId, expiresAt }) => [userId, expiresAt]));
  }

  private get members() {
    return schoolQuery<IdentityTables>(this.em).selectFrom('memberships');
  }
}
