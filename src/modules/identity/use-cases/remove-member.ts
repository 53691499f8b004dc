import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Transaction } from '../../../platform/database/transaction.js';
import type { Id } from '../../../platform/values/id.js';
import { checkHasNoRecord, checkMayManage, checkOwnerMayGo } from '../domain/member-policy.js';
import { MemberNotFound } from '../domain/member-problems.js';
import { Invitations } from './invitations.js';
import { Memberships } from './memberships.js';

/** Takes somebody's last way into the school, with the invitation when he has not come yet. His sessions end at once. */
@Injectable()
export class RemoveMember {
  constructor(
    readonly em: EntityManager,
    private readonly memberships: Memberships,
    private readonly invitations: Invitations,
    private readonly audit: Audit,
  ) {}

  /** @throws MemberNotFound, MemberHasRecord, OwnersBusiness, LastOwner */
  @Transaction()
  async execute(actor: Actor, userId: Id): Promise<void> {
    const roles = await this.memberships.rolesOf(userId);
    if (roles.length === 0) throw new MemberNotFound();
    checkHasNoRecord(roles);
    checkMayManage(actor, roles);
    if (roles.includes('owner')) checkOwnerMayGo(actor, userId, await this.memberships.hold(['owner']));
    for (const role of roles) await this.memberships.remove(userId, role);
    await this.invitations.withdraw(userId);
    await this.audit.record({ action: 'member.removed', subjectId: userId });
  }
}
