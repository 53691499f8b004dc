import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { Transaction } from '../../../platform/database/transaction.js';
import type { Id } from '../../../platform/values/id.js';
import {
  checkMayManage,
  checkOwnerMayGo,
  isOfficeRole,
  type OfficeRole,
  officeRoles,
} from '../domain/member-policy.js';
import { MemberNeedsRole, MemberNotFound } from '../domain/member-problems.js';
import { type Member, MemberReader } from '../queries/member-reader.js';
import { Memberships } from './memberships.js';

/** Says which office roles a member has. Losing one ends his sessions; a new one counts from the next request. */
@Injectable()
export class SetMemberRoles {
  constructor(
    readonly em: EntityManager,
    private readonly memberships: Memberships,
    private readonly reader: MemberReader,
  ) {}

  /** @throws MemberNotFound, OwnersBusiness, LastOwner, MemberNeedsRole */
  @Transaction()
  async execute(actor: Actor, userId: Id, wanted: readonly OfficeRole[]): Promise<Member> {
    const held = await this.memberships.holdRolesOf(userId);
    if (held.length === 0) throw new MemberNotFound();
    if (wanted.length === 0 && held.every(isOfficeRole)) throw new MemberNeedsRole();
    const changed = officeRoles.filter((role) => held.includes(role) !== wanted.includes(role));
    checkMayManage(actor, changed);
    if (changed.includes('owner') && held.includes('owner')) {
      checkOwnerMayGo(actor, userId, await this.memberships.hold(['owner']));
    }
    for (const role of changed) {
      await (wanted.includes(role) ? this.memberships.add([userId], role) : this.memberships.remove(userId, role));
    }
    return this.reader.get(userId);
  }
}
