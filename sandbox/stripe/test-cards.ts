/** What the customer pays with, and what comes of it. */
export interface Instrument {
  type: 'card' | 'mobilepay';
  /** Stripe's ready-made payment method for server-side confirmation, such as `pm_card_visa`. */
  paymentMethod: string;
  brand: 'visa' | 'mastercard';
  last4: string;
  outcome: 'approved' | 'authenticate' | Decline;
  /** The bank wants to see the customer each time, also for a saved card. */
  everyTime?: true;
  /** The customer's bank takes the money back at once. */
  disputed?: true;
  /** It can be saved, and declines when it is charged. */
  saves?: true;
  /** What becomes of a refund: done at once, done later, or failed later. */
  refund: 'at_once' | 'later' | 'fails_later';
}

export interface Decline {
  code: string;
  declineCode: string;
  message: string;
}

export interface TestCard extends Instrument {
  number: string;
  /** The key of its description on the checkout page. */
  meaning: string;
}

const declined = (code: string, declineCode: string, message: string): Decline => ({ code, declineCode, message });

function card(number: string, paymentMethod: string, meaning: string, special: Partial<Instrument> = {}): TestCard {
  return {
    type: 'card',
    number,
    paymentMethod,
    meaning,
    brand: 'visa',
    last4: number.slice(-4),
    outcome: 'approved',
    refund: 'at_once',
    ...special,
  };
}

/** The card numbers of Stripe's test mode that the sandbox knows. */
export const TEST_CARDS: readonly TestCard[] = [
  card('4242424242424242', 'pm_card_visa', 'approved'),
  card('4000002500003155', 'pm_card_authenticationRequiredOnSetup', 'authenticate', { outcome: 'authenticate' }),
  card('4000002760003184', 'pm_card_authenticationRequired', 'authenticateAlways', {
    outcome: 'authenticate',
    everyTime: true,
  }),
  card('4000000000000002', 'pm_card_visa_chargeDeclined', 'declined', {
    outcome: declined('card_declined', 'generic_decline', 'Your card was declined.'),
  }),
  card('4000000000009995', 'pm_card_visa_chargeDeclinedInsufficientFunds', 'insufficientFunds', {
    outcome: declined('card_declined', 'insufficient_funds', 'Your card has insufficient funds.'),
  }),
  card('4000000000009987', 'pm_card_visa_chargeDeclinedLostCard', 'declined', {
    outcome: declined('card_declined', 'lost_card', 'Your card was declined.'),
  }),
  card('4000000000000127', 'pm_card_chargeDeclinedIncorrectCvc', 'declined', {
    outcome: declined('incorrect_cvc', 'incorrect_cvc', 'Your card’s security code is incorrect.'),
  }),
  card('4000000000000119', 'pm_card_chargeDeclinedProcessingError', 'declined', {
    outcome: declined('processing_error', 'processing_error', 'An error occurred while processing your card.'),
  }),
  card('4000000000000069', 'pm_card_chargeDeclinedExpiredCard', 'expired', {
    outcome: declined('expired_card', 'expired_card', 'Your card has expired.'),
  }),
  card('4000000000000341', 'pm_card_chargeCustomerFail', 'declinedLater', {
    outcome: declined('card_declined', 'generic_decline', 'Your card was declined.'),
    saves: true,
  }),
  card('4000000000000259', 'pm_card_createDispute', 'disputed', { disputed: true }),
  card('4000000000007726', 'pm_card_pendingRefund', 'refundLater', { refund: 'later' }),
  card('4000000000005126', 'pm_card_refundFail', 'refundFails', { refund: 'fails_later' }),
];

/** MobilePay as the sandbox plays it: the customer always approves in the app. */
export const MOBILEPAY: Instrument = {
  type: 'mobilepay',
  paymentMethod: 'pm_mobilepay',
  brand: 'visa',
  last4: '4242',
  outcome: 'approved',
  refund: 'at_once',
};

export const INCORRECT_NUMBER: Decline = declined(
  'incorrect_number',
  'incorrect_number',
  'Your card number is incorrect.',
);

/** The test card of that number, spaces and dashes ignored. */
export function cardByNumber(number: string): TestCard | undefined {
  const digits = number.replace(/[\s-]/g, '');
  return TEST_CARDS.find((one) => one.number === digits);
}

export function instrumentByPaymentMethod(id: string): Instrument | undefined {
  return [...TEST_CARDS, MOBILEPAY].find((one) => one.paymentMethod === id);
}
