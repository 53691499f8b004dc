import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Transaction } from '../../../platform/database/transaction.js';
import type { Id } from '../../../platform/values/id.js';
import { checkMayManage } from '../domain/member-policy.js';
import { MemberHasJoined } from '../domain/member-problems.js';
import { type Member, MemberReader } from '../queries/member-reader.js';
import { Invitations } from './invitations.js';

/** Sends an invitation once more; the link sent before stops working. */
@Injectable()
export class ResendInvitation {
  constructor(
    readonly em: EntityManager,
    private readonly reader: MemberReader,
    private readonly invitations: Invitations,
    private readonly audit: Audit,
  ) {}

  /** @throws MemberNotFound, OwnersBusiness, MemberHasJoined */
  @Transaction()
  async execute(actor: Actor, userId: Id): Promise<Member> {
    const member = await this.reader.get(userId);
    checkMayManage(actor, member.roles);
    if (member.hasJoined) throw new MemberHasJoined();
    await this.invitations.withdraw(userId);
    await this.invitations.send(userId);
    await this.audit.record({ action: 'member.invitation_sent', subjectId: userId });
    return this.reader.get(userId);
  }
}
