import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { localDate } from '../../../platform/values/zone.js';
import { deferred, revenue } from '../domain/account-plan.js';
import { Charge } from '../domain/charge.js';
import { Invoice } from '../domain/invoice.js';
import { ChargeNet } from '../queries/charge-net.js';
import { SellerReader } from '../queries/seller-reader.js';
import { PostTransfers } from './post-transfers.js';

/** What was invoiced beforehand has been delivered: what is deferred of it becomes revenue, once. */
@Injectable()
export class EarnDeferred {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly sellers: SellerReader,
    private readonly net: ChargeNet,
    private readonly postTransfers: PostTransfers,
  ) {}

  /** @param only when it is due by now: a lesson may have been moved since somebody looked */
  @Transaction()
  async execute(chargeId: Id, only: 'due' | 'now' = 'now'): Promise<void> {
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const charge = await this.em.findOne(Charge, { id: chargeId }, { lockMode, refresh: true });
    const now = this.clock.now();
    if (!charge || (only === 'due' && !(charge.deliversAt && charge.deliversAt <= now))) return;
    const at = charge.deliversAt && charge.deliversAt < now ? charge.deliversAt : now;
    if (!charge.deliver()) return;
    await this.em.flush();
    if (charge.invoiceId) await this.earn(charge, charge.invoiceId, at);
  }

  /** On the day of delivery, and never before the invoice that deferred it. */
  private async earn(charge: Charge, invoiceId: Id, at: Date): Promise<void> {
    const { issuedOn } = await this.em.findOneOrFail(Invoice, { id: invoiceId });
    const { zone } = await this.sellers.terms();
    const day = localDate(at, zone);
    const { vatRateBp, productId, earnedById } = charge;
    const occurredOn = day > issuedOn ? day : issuedOn;
    await this.postTransfers.execute({ source: 'delivery', sourceId: charge.deliveryVoucher, occurredOn }, [
      {
        debit: deferred(vatRateBp, productId),
        credit: revenue(vatRateBp, productId, earnedById ?? null),
        amount: await this.net.of(charge),
      },
    ]);
  }
}
