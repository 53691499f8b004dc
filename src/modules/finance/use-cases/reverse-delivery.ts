import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { assertTransaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { localDate } from '../../../platform/values/zone.js';
import { deferred, revenue } from '../domain/account-plan.js';
import { Charge, type ChargeSource } from '../domain/charge.js';
import { ChargeNet } from '../queries/charge-net.js';
import { SellerReader } from '../queries/seller-reader.js';
import { PostTransfers } from './post-transfers.js';

/** What counted as delivered was not, and is still owed: what had become revenue is deferred again, from today on. */
@Injectable()
export class ReverseDelivery {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly sellers: SellerReader,
    private readonly net: ChargeNet,
    private readonly postTransfers: PostTransfers,
  ) {}

  /** Joins the caller's transaction. @param until when it counts as delivered at the latest; a day that is over changes nothing */
  async execute(source: ChargeSource, sourceId: Id, until: Date): Promise<void> {
    assertTransaction('ReverseDelivery.execute()');
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' }, refresh: true } as const;
    for (const charge of await this.em.find(Charge, { source, sourceId }, lock)) await this.reverse(charge, until);
  }

  private async reverse(charge: Charge, until: Date): Promise<void> {
    const now = this.clock.now();
    if (charge.delivered && until <= now) return;
    const { vatRateBp, productId, deliveryVoucher: sourceId } = charge;
    const earned = revenue(vatRateBp, productId, charge.earnedById ?? null);
    const was = charge.takeBackDelivery(until);
    await this.em.flush();
    if (!was || charge.state !== 'invoiced') return;
    const { zone } = await this.sellers.terms();
    const occurredOn = localDate(now, zone);
    await this.postTransfers.execute({ source: 'delivery_reversal', sourceId, occurredOn }, [
      { debit: earned, credit: deferred(vatRateBp, productId), amount: await this.net.of(charge) },
    ]);
  }
}
