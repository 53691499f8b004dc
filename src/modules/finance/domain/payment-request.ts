import type { PaymentIntentRequest } from '../ports/gateway-payment.js';
import type { Invoice } from './invoice.js';
import type { Payment } from './payment.js';

/** What a gateway is asked for, however it is paid. Stays as it was at the first call: a key goes with one request. */
export function paymentRequest(payment: Payment, { locale, number, seller }: Invoice): PaymentIntentRequest {
  const word = locale === 'da' ? 'Faktura' : 'Invoice';
  return {
    paymentId: payment.id,
    schoolId: payment.schoolId,
    account: payment.accountRef ?? null,
    amount: payment.amount,
    description: `${word} ${number} · ${seller.name}`,
    capture: payment.capture,
  };
}
