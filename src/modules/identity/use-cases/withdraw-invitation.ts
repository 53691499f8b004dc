import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Transaction } from '../../../platform/database/transaction.js';
import type { Id } from '../../../platform/values/id.js';
import { checkMayManage } from '../domain/member-policy.js';
import { MemberReader } from '../queries/member-reader.js';
import { Invitations } from './invitations.js';

/** Voids the link of an invitation. The person stays a member; another link can be sent, or the member removed. */
@Injectable()
export class WithdrawInvitation {
  constructor(
    readonly em: EntityManager,
    private readonly reader: MemberReader,
    private readonly invitations: Invitations,
    private readonly audit: Audit,
  ) {}

  /** Withdrawing what is not open changes nothing. @throws MemberNotFound, OwnersBusiness */
  @Transaction()
  async execute(actor: Actor, userId: Id): Promise<void> {
    const { roles } = await this.reader.get(userId);
    checkMayManage(actor, roles);
    if (!(await this.invitations.withdraw(userId))) return;
    await this.audit.record({ action: 'member.invitation_withdrawn', subjectId: userId });
  }
}
