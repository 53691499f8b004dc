import type { Stripe } from 'stripe';
import type { Instrument } from './test-cards.js';

/** A card that a customer has left, and how it behaves when it is charged. */
export interface SavedMethod {
  method: Stripe.PaymentMethod;
  instrument: Instrument;
}
