import { Injectable } from '@nestjs/common';
import { currentSchoolOrNull } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import { GuardiansOfMinors, type WardAndGuardian } from '../../../students/index.js';
import { type MessageKind, traitsOf } from '../../domain/message-kinds.js';
import type { MessageParams } from '../../domain/message.js';

/** What there is to copy of an order. */
interface Copied {
  readonly kind: MessageKind;
  readonly userId: Id;
  readonly cause: string;
  readonly params?: MessageParams;
}

/** What students under age are told, their guardians hear too: each a copy of his own, of the same news. */
@Injectable()
export class GuardianCopies {
  constructor(private readonly guardians: GuardiansOfMinors) {}

  /** The orders, and those of the copies. */
  async with<Order extends Copied>(orders: readonly Order[]): Promise<readonly Order[]> {
    const copied = orders.filter(({ kind }) => traitsOf(kind).copyToGuardians);
    if (copied.length === 0 || !currentSchoolOrNull()) return orders;
    const pairs = await this.guardians.of([...new Set(copied.map(({ userId }) => userId))]);
    const byStudent = Map.groupBy(pairs, ({ studentUserId }) => studentUserId);
    const copies = copied.flatMap((order) => (byStudent.get(order.userId) ?? []).map((pair) => copyFor(order, pair)));
    return [...orders, ...copies];
  }
}

// The student is part of the cause: one event may concern two children of the same guardian.
function copyFor<Order extends Copied>(order: Order, { studentUserId, guardianUserId }: WardAndGuardian): Order {
  const params = { ...order.params, copyOf: studentUserId };
  return { ...order, userId: guardianUserId, cause: `${order.cause}:${studentUserId}`, params };
}
