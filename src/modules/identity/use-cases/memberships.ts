import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Audit } from '../../../platform/audit/audit.js';
import { bin, bins, globalQuery, schoolQuery } from '../../../platform/database/query.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import type { SchoolRole } from '../domain/membership.js';
import type { IdentityTables } from '../identity.tables.js';
import { PeopleElsewhere } from '../queries/people-elsewhere.js';
import { EndSessions } from './end-sessions.js';

/** Gives and takes roles in the current school, in the caller's transaction. Each change is written down. */
@Injectable()
export class Memberships {
  constructor(
    private readonly em: EntityManager,
    private readonly endSessions: EndSessions,
    private readonly elsewhere: PeopleElsewhere,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Giving a role a second time changes nothing. Each person is given once. */
  async add(userIds: readonly Id[], role: SchoolRole): Promise<void> {
    const [school, now] = [bin(currentSchool()), this.clock.now()];
    const { numInsertedOrUpdatedRows } = await globalQuery<IdentityTables>(this.em)
      .insertInto('memberships')
      .values(userIds.map((userId) => ({ school_id: school, user_id: bin(userId), role, created_at: now })))
      // The revision tells an old row from a new one: the server counts a changed one as two, one set to what it was as new.
      .onDuplicateKeyUpdate({ revision: sql<number>`revision + 1` })
      .executeTakeFirstOrThrow();
    const areAllNew = numInsertedOrUpdatedRows === BigInt(userIds.length);
    for (const userId of areAllNew ? userIds : await this.neverRevised(userIds, role))
      await this.audit.record({ action: 'member.role_added', subjectId: userId, details: { role } });
  }

  /**
   * He is out with his next request, which asks for his roles anew; his sessions end unless he is somebody elsewhere, where
   * this school shall not sign him out. Taking a role he does not have changes nothing.
   * @param isNeeded asked while nobody else can give or take the role, so that of two last reasons the later one counts
   */
  async remove(userId: Id, role: SchoolRole, isNeeded: () => Promise<boolean> = async () => false): Promise<void> {
    if (!(await this.holdOne(userId, role)) || (await isNeeded())) return;
    await globalQuery<IdentityTables>(this.em)
      .deleteFrom('memberships')
      .where('school_id', '=', bin(currentSchool()))
      .where('user_id', '=', bin(userId))
      .where('role', '=', role)
      .execute();
    if (!(await this.elsewhere.among([userId])).has(userId)) await this.endSessions.allOf(userId);
    await this.audit.record({ action: 'member.role_removed', subjectId: userId, details: { role } });
  }

  async rolesOf(userId: Id): Promise<SchoolRole[]> {
    const rows = await this.members.select('role').where('user_id', '=', bin(userId)).execute();
    return rows.map(({ role }) => role);
  }

  /** A member's roles, none of which comes or goes until the transaction ends. */
  async holdRolesOf(userId: Id): Promise<SchoolRole[]> {
    await this.revision.where('user_id', '=', bin(userId)).execute();
    return this.rolesOf(userId);
  }

  /** Everybody in one of the roles, each once; who has them stays so until the transaction ends, and whoever else asks or wants to change them waits. */
  async hold(roles: readonly SchoolRole[]): Promise<Id[]> {
    await this.revision.where('role', 'in', roles).execute();
    const rows = await this.members.select('user_id as userId').distinct().where('role', 'in', roles).execute();
    return rows.map(({ userId }) => userId);
  }

  /** The school's owners at this moment. */
  async owners(): Promise<Id[]> {
    const rows = await this.members.select('user_id as userId').where('role', '=', 'owner').execute();
    return rows.map(({ userId }) => userId);
  }

  private async neverRevised(userIds: readonly Id[], role: SchoolRole): Promise<Id[]> {
    const rows = await this.members
      .select('user_id as userId')
      .where('user_id', 'in', bins(userIds))
      .where('role', '=', role)
      .where('revision', '=', 0)
      .execute();
    return rows.map(({ userId }) => userId);
  }

  /** False when he does not have the role. */
  private async holdOne(userId: Id, role: SchoolRole): Promise<boolean> {
    const held = this.revision.where('user_id', '=', bin(userId)).where('role', '=', role);
    return (await held.executeTakeFirstOrThrow()).numUpdatedRows > 0n;
  }

  // A write and no mere lock: that is what another node of a cluster sees.
  private get revision() {
    return globalQuery<IdentityTables>(this.em)
      .updateTable('memberships')
      .set({ revision: sql<number>`revision + 1` })
      .where('school_id', '=', bin(currentSchool()));
  }

  private get members() {
    return schoolQuery<IdentityTables>(this.em).selectFrom('memberships');
  }
}
