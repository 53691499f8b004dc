import { Injectable } from '@nestjs/common';
import type { EventOf } from '../../../platform/outbox/event.js';
import { Handles } from '../../../platform/outbox/handles.js';
import { CreditUsed, InvoiceReduced, PaymentReceived } from '../domain/events.js';
import { CloseSettled } from '../use-cases/close-settled.js';

/** Whoever is still at the checkout of an invoice that has been settled another way shall not pay it twice. */
@Injectable()
export class CloseSettledCheckouts {
  constructor(private readonly closeSettled: CloseSettled) {}

  @Handles(PaymentReceived, { name: 'finance.close-paid-checkout', mode: 'external' })
  paid({ payload }: EventOf<PaymentReceived>): Promise<void> {
    return this.closeSettled.execute(payload.invoiceId);
  }

  @Handles(CreditUsed, { name: 'finance.close-checkout-paid-by-credit', mode: 'external' })
  paidByCredit({ payload }: EventOf<CreditUsed>): Promise<void> {
    return this.closeSettled.execute(payload.invoiceId);
  }

  @Handles(InvoiceReduced, { name: 'finance.close-checkout-of-reduced', mode: 'external' })
  reduced({ payload }: EventOf<InvoiceReduced>): Promise<void> {
    return this.closeSettled.execute(payload.invoiceId);
  }
}
