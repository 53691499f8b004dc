import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { inTransaction, isDuplicateKey } from '../../../../platform/database/transaction.js';
import type { Id } from '../../../../platform/values/id.js';
import { GatewayUnclear } from '../../domain/errors.js';
import { PaymentUnderWay } from '../../domain/gateway-errors.js';
import type { PaymentState } from '../../domain/payment-state.js';
import { Payment } from '../../domain/payment.js';
import { needsCustomer } from '../../ports/gateway-payment.js';
import { AskCharge } from '../../use-cases/ask-charge.js';
import { CheckPayment } from '../../use-cases/check-payment.js';
import { type ChargeWish, IntendCharge } from './intend-charge.js';

const rounds = 3;

export interface ChargeOutcome {
  readonly paymentId: Id;
  /** Unknown: the gateway has not said yet, and is asked again. */
  readonly state: PaymentState;
  /** The bank wants to see the customer: only he can pay now, by a link. */
  readonly needsCustomer: boolean;
}

/**
 * Pays an invoice by the card that its student has saved, without him. An invoice has one open payment: a checkout that nobody has
 * paid is closed first, a charge under way is waited for.
 */
@Injectable()
export class ChargeSavedMethod {
  constructor(
    private readonly em: EntityManager,
    private readonly intendCharge: IntendCharge,
    private readonly askCharge: AskCharge,
    private readonly checkPayment: CheckPayment,
  ) {}

  /** Outside a transaction. @throws InvoiceNotFound, NothingToPay, NoSavedMethod, PaymentUnderWay, GatewayUnclear */
  async execute(invoiceId: Id, wish: ChargeWish = {}): Promise<ChargeOutcome> {
    for (let round = 0; round < rounds; round++) {
      const payment = await this.intend(invoiceId, wish);
      if (!payment) continue;
      if (payment.flow !== 'charge' && payment.state !== 'authorized') {
        await this.checkPayment.close(payment.id);
        continue;
      }
      if (payment.state !== 'created' || payment.checks > 0) throw new PaymentUnderWay();
      await this.askCharge.execute(payment.id);
      return this.outcome(payment.id);
    }
    throw new GatewayUnclear();
  }

  /** Committed; null when somebody else made one at this moment. */
  private async intend(invoiceId: Id, wish: ChargeWish): Promise<Payment | null> {
    try {
      return await this.intendCharge.execute(invoiceId, wish);
    } catch (error) {
      if (isDuplicateKey(error, 'payments_open_for')) return null;
      throw error;
    }
  }

  private async outcome(id: Id): Promise<ChargeOutcome> {
    const { state, failure } = await inTransaction(this.em, () => this.em.findOneOrFail(Payment, { id }));
    return { paymentId: id, state, needsCustomer: state === 'failed' && failure === needsCustomer };
  }
}
