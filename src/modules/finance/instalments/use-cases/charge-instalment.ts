import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { inTransaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { localDate } from '../../../../platform/values/zone.js';
import { GatewayUnclear, NothingToPay } from '../../domain/errors.js';
import { NoSavedMethod, PaymentUnderWay } from '../../domain/gateway-errors.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { ChargeSavedMethod } from '../../saved-methods/use-cases/charge-saved-method.js';
import { Instalment } from '../domain/instalment-plan.js';
import { type InstalmentTry, RecordInstalmentTry } from './record-instalment-try.js';

/** Has an instalment paid by the saved card on its day. An invoice has one open payment, so a repeat after a crash takes nothing twice. */
@Injectable()
export class ChargeInstalment {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly sellers: SellerReader,
    private readonly chargeSavedMethod: ChargeSavedMethod,
    private readonly record: RecordInstalmentTry,
  ) {}

  /** Outside a transaction. */
  async execute(instalmentId: Id): Promise<void> {
    const due = await inTransaction(this.em, () => this.claim(instalmentId));
    if (!due) return;
    const tried = await this.tryCard(due.invoiceId!);
    if (tried) await this.record.execute(instalmentId, due.chargeAttempts, tried);
  }

  /** Nobody else tries today; should we die now, it is tried tomorrow. */
  private async claim(id: Id): Promise<Instalment | null> {
    const { zone } = await this.sellers.terms();
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
    const instalment = await this.em.findOneOrFail(Instalment, { id }, lock);
    if (!instalment.claimTry(localDate(this.clock.now(), zone))) return null;
    await this.em.flush();
    return instalment;
  }

  /** @returns null when it cannot be said yet: then it is looked at again the next day */
  private async tryCard(invoiceId: Id): Promise<InstalmentTry | null> {
    try {
      const { paymentId, state, needsCustomer } = await this.chargeSavedMethod.execute(invoiceId);
      if (state !== 'failed') return { again: state !== 'succeeded', refusedPaymentId: null };
      return { again: !needsCustomer, refusedPaymentId: paymentId };
    } catch (error) {
      if (error instanceof NothingToPay) return { again: false, refusedPaymentId: null };
      // The invoice's own link is what he has; a card may be saved by the next try.
      if (error instanceof NoSavedMethod) return { again: true, refusedPaymentId: null };
      if (error instanceof PaymentUnderWay || error instanceof GatewayUnclear) return null;
      throw error;
    }
  }
}
