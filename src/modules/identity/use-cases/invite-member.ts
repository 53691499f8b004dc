import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { checkMayManage, type OfficeRole } from '../domain/member-policy.js';
import { type Member, MemberReader } from '../queries/member-reader.js';
import { type Invitation, InviteUser } from './invite-user.js';

export interface MemberInvitation extends Omit<Invitation, 'role'> {
  readonly role: OfficeRole;
}

/** Lets somebody work in the school's office, or own it with the others. */
@Injectable()
export class InviteMember {
  constructor(
    readonly em: EntityManager,
    private readonly inviteUser: InviteUser,
    private readonly reader: MemberReader,
  ) {}

  /** @throws OwnersBusiness */
  @Transaction()
  async execute(actor: Actor, invitation: MemberInvitation): Promise<Member> {
    checkMayManage(actor, [invitation.role]);
    const { userId } = await this.inviteUser.execute(invitation);
    return this.reader.get(userId);
  }
}
