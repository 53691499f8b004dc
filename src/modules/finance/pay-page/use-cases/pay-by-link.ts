import { Injectable } from '@nestjs/common';
import { nowActs } from '../../../../platform/audit/acting.js';
import { personActor } from '../../../../platform/auth/actor.js';
import { inSchool } from '../../../../platform/tenancy/tenancy.js';
import { CreateCheckout } from '../../use-cases/create-checkout.js';
import { PayPageReader, type PayPlace } from '../queries/pay-page-reader.js';

/** Begins a payment for whoever holds a link: it was sent to the student or his payer, so it is the student who acts. */
@Injectable()
export class PayByLink {
  constructor(
    private readonly pages: PayPageReader,
    private readonly createCheckout: CreateCheckout,
  ) {}

  /** @returns where to pay @throws InvoiceNotFound, NothingToPay, CheckoutRejected, GatewayUnclear */
  execute({ schoolId, invoiceId }: PayPlace): Promise<string> {
    return inSchool(schoolId, async () => {
      const { userId } = await this.pages.invoice(invoiceId);
      nowActs({ kind: 'user', id: userId, role: 'student' });
      const { url } = await this.createCheckout.execute(personActor(userId, schoolId, 'student'), invoiceId);
      return url;
    });
  }
}
