import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import type { SchoolRole } from '../domain/membership.js';
import type { IdentityTables } from '../identity.tables.js';
import { EndSessions } from './end-sessions.js';

/** Takes a role from a member when the reason for it has gone. His sessions end at once. */
@Injectable()
export class WithdrawRole {
  constructor(
    readonly em: EntityManager,
    private readonly endSessions: EndSessions,
    private readonly audit: Audit,
  ) {}

  /** @param isNeeded asked while nobody else can give or take the role, so that of two last reasons the later one counts */
  @Transaction()
  async execute(userId: Id, role: SchoolRole, isNeeded: () => Promise<boolean>): Promise<void> {
    const db = globalQuery<IdentityTables>(this.em);
    const held = await db
      .selectFrom('memberships')
      .select('role')
      .where('school_id', '=', bin(currentSchool()))
      .where('user_id', '=', bin(userId))
      .where('role', '=', role)
      .forUpdate()
      .executeTakeFirst();
    if (!held || (await isNeeded())) return;
    await db
      .deleteFrom('memberships')
      .where('school_id', '=', bin(currentSchool()))
      .where('user_id', '=', bin(userId))
      .where('role', '=', role)
      .execute();
    await this.endSessions.allOf(userId);
    await this.audit.record({ action: 'member.role_removed', subjectId: userId, details: { role } });
  }
}
