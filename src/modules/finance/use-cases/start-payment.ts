import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { isDuplicateKey } from '../../../platform/database/transaction.js';
import type { Id } from '../../../platform/values/id.js';
import { GatewayUnclear } from '../domain/errors.js';
import { PaymentUnderWay } from '../domain/gateway-errors.js';
import type { Payment } from '../domain/payment.js';
import { CheckPayment } from './check-payment.js';
import { IntendPayment, type IntendedPayment, type OwnFlow } from './intend-payment.js';

const rounds = 3;

/**
 * The one open payment of an invoice that its customer makes himself in that way: the one that there is, or a new one. Another that
 * he has begun and not paid is closed first.
 */
@Injectable()
export class StartPayment {
  constructor(
    private readonly intendPayment: IntendPayment,
    private readonly checkPayment: CheckPayment,
  ) {}

  /** Committed. Outside a transaction. @throws InvoiceNotFound, NothingToPay, PaymentUnderWay, IntentsNotSupported, GatewayUnclear */
  async execute(actor: Actor, invoiceId: Id, flow: OwnFlow): Promise<Payment> {
    for (let round = 0; round < rounds; round++) {
      const intent = await this.intend(actor, invoiceId, flow);
      if (!intent) continue;
      const { payment, usable } = intent;
      if (payment.flow === 'charge' || payment.state === 'authorized') throw new PaymentUnderWay();
      if (usable && payment.flow === flow) return payment;
      await this.checkPayment.close(payment.id);
    }
    throw new GatewayUnclear();
  }

  /** Null when somebody else made one at this moment. */
  private async intend(actor: Actor, invoiceId: Id, flow: OwnFlow): Promise<IntendedPayment | null> {
    try {
      return await this.intendPayment.execute(actor, invoiceId, flow);
    } catch (error) {
      if (isDuplicateKey(error, 'payments_open_for')) return null;
      throw error;
    }
  }
}
