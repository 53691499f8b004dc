import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { localDate } from '../../../../platform/values/zone.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { InstalmentNotCharged } from '../domain/instalment-events.js';
import { Instalment } from '../domain/instalment-plan.js';

export interface InstalmentTry {
  /** Whether another try may help. */
  readonly again: boolean;
  /** The payment that the bank refused, or wants the customer for. */
  readonly refusedPaymentId: Id | null;
}

/** Notes that an instalment’s card was tried, and tells the student where it did not pay. */
@Injectable()
export class RecordInstalmentTry {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly sellers: SellerReader,
    private readonly outbox: Outbox,
  ) {}

  /** @param seen how many tries there had been: when there are more by now, somebody else has noted this one */
  @Transaction()
  async execute(id: Id, seen: number, { again, refusedPaymentId: paymentId }: InstalmentTry): Promise<void> {
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
    const instalment = await this.em.findOneOrFail(Instalment, { id }, lock);
    if (instalment.chargeAttempts !== seen) return;
    const { zone } = await this.sellers.terms();
    instalment.tried(localDate(this.clock.now(), zone), again);
    await this.em.flush();
    if (paymentId) await this.outbox.record(new InstalmentNotCharged({ invoiceId: instalment.invoiceId!, paymentId }));
  }
}
