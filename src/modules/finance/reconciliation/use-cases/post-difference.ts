import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { localDate } from '../../../../platform/values/zone.js';
import { type AccountSpec, bank, clearing, gatewayFees, writeOffs } from '../../domain/account-plan.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { PostTransfers } from '../../use-cases/post-transfers.js';
import { GatewayMovement, type PostingTarget } from '../domain/gateway-books.js';
import { DifferenceNotPostable } from '../domain/reconciliation-errors.js';
import { OpenDifference } from './open-difference.js';

const accounts: Readonly<Record<PostingTarget, (provider: string) => AccountSpec>> = {
  fees: gatewayFees,
  bank,
  write_off: writeOffs,
};

export interface DifferencePosting {
  readonly to: PostingTarget;
  readonly reason: string;
}

/** Somebody says what a line of the gateway's was that nothing of ours explains: clearing follows it, once. */
@Injectable()
export class PostDifference {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly open: OpenDifference,
    private readonly sellers: SellerReader,
    private readonly postTransfers: PostTransfers,
    private readonly audit: Audit,
  ) {}

  /** @throws DifferenceNotFound, DifferenceSettled, DifferenceNotPostable */
  @Transaction()
  async execute(actor: Pick<Actor, 'id'>, id: Id, { to, reason }: DifferencePosting): Promise<void> {
    const difference = await this.open.lock(id);
    const { kind, provider, subjectRef: movementRef } = difference;
    if (kind !== 'other_movement') throw new DifferenceNotPostable();
    const movement = await this.em.findOneOrFail(GatewayMovement, { provider, movementRef });
    const amount = Money.of(movement.amountMinor, movement.currency);
    const { zone } = await this.sellers.terms();
    const occurredOn = localDate(movement.occurredAt, zone);
    await this.postTransfers.execute({ source: 'gateway_posting', sourceId: movement.id, occurredOn }, [
      { debit: clearing(provider), credit: accounts[to](provider), amount },
    ]);
    movement.postedTo = to;
    difference.settle('resolved', this.clock.now(), { id: actor.id, reason });
    const details = { to, ...amount.toJSON() };
    await this.audit.record({ action: 'gateway_difference.posted', subjectId: id, details });
  }
}
