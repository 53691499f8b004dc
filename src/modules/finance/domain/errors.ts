import { Conflict, NotFound, Unavailable, Unprocessable } from '../../../platform/http/problem.js';
import type { Money } from '../../../platform/values/money.js';

export class InvoiceNotFound extends NotFound {
  constructor() {
    super('invoice.not_found', {
      en: 'There is no such invoice. List the invoices to see which there are.',
      da: 'Fakturaen findes ikke. Hent listen over fakturaer for at se, hvilke der er.',
    });
  }
}

export class PaymentNotFound extends NotFound {
  constructor() {
    super('payment.not_found', {
      en: 'There is no such payment. List the payments to see which there are.',
      da: 'Betalingen findes ikke. Hent listen over betalinger for at se, hvilke der er.',
    });
  }
}

export class ChargeNotFound extends NotFound {
  constructor() {
    super('charge.not_found', {
      en: 'There is no such charge. List the charges to see which there are.',
      da: 'Posten findes ikke. Hent listen over poster for at se, hvilke der er.',
    });
  }
}

export class ChargeNotOpen extends Conflict {
  constructor() {
    super('charge.not_open', {
      en: 'The charge is already invoiced or voided. Read it to see which; an invoice is corrected by a credit note.',
      da: 'Posten er allerede faktureret eller annulleret. Læs den for at se hvilket; en faktura rettes med en kreditnota.',
    });
  }
}

export class ChargeInInstalments extends Conflict {
  constructor() {
    super('charge.in_instalments', {
      en: 'The charge is paid by instalments. End its instalment plan first.',
      da: 'Posten betales i rater. Afslut rateaftalen først.',
    });
  }
}

export class ChargeInPieces extends Conflict {
  constructor() {
    super('charge.in_pieces', {
      en: 'Instalments have divided the charge, so its price stays. Credit a part of an invoice instead.',
      da: 'Posten er delt i rater, så prisen står fast. Krediter i stedet en del af en faktura.',
    });
  }
}

export class NothingToInvoice extends Conflict {
  constructor() {
    super('invoice.nothing_to_invoice', {
      en: 'The student has no open charges. Add one, or complete a lesson, before invoicing.',
      da: 'Eleven har ingen åbne poster. Tilføj en, eller gennemfør en lektion, før der faktureres.',
    });
  }
}

export class MixedCurrencies extends Unprocessable {
  constructor() {
    super('invoice.mixed_currencies', {
      en: 'An invoice is in one currency. Make one invoice for each, by chargeIds.',
      da: 'En faktura er i én valuta. Lav en faktura for hver, med chargeIds.',
    });
  }
}

export class NothingToPay extends Conflict {
  constructor() {
    super('invoice.nothing_to_pay', {
      en: 'Nothing is left to pay on this invoice. Read it to see how it was settled.',
      da: 'Der er intet tilbage at betale på fakturaen. Læs den for at se, hvordan den blev afsluttet.',
    });
  }
}

export class NothingToCredit extends Conflict {
  constructor() {
    super('invoice.nothing_to_credit', {
      en: 'Nothing is left to credit on this invoice. Read it to see what has been credited.',
      da: 'Der er intet tilbage at kreditere på fakturaen. Læs den for at se, hvad der er krediteret.',
    });
  }
}

/** What is left has been written off. */
export class InvoiceWrittenOff extends Conflict {
  constructor() {
    super('invoice.written_off', {
      en: 'What is left of this invoice has been written off. Reverse the write-off first.',
      da: 'Det, der er tilbage af fakturaen, er afskrevet. Tilbagefør afskrivningen først.',
    });
  }
}

export class InvoiceLineNotFound extends NotFound {
  constructor() {
    super('invoice.line_not_found', {
      en: 'The invoice has no such line. Read the invoice to see its lines.',
      da: 'Fakturaen har ikke den linje. Læs fakturaen for at se dens linjer.',
    });
  }
}

export class CreditAboveLeft extends Unprocessable {
  constructor(creditable: Money) {
    super(
      'invoice.credit_above_left',
      {
        en: `At most ${creditable.format('en')} can be credited.`,
        da: `Der kan højst krediteres ${creditable.format('da')}`,
      },
      { field: 'lines', extra: { creditable } },
    );
  }
}

export class RefundAboveReceived extends Unprocessable {
  constructor(refundable: Money) {
    super(
      'payment.refund_above_received',
      {
        en: `At most ${refundable.format('en')} can be refunded.`,
        da: `Der kan højst refunderes ${refundable.format('da')}`,
      },
      { field: 'amount', extra: { refundable } },
    );
  }
}

export class WrongCurrency extends Unprocessable {
  constructor(expected: string, field = 'amount.currency') {
    super(
      'money.wrong_currency',
      { en: `The currency must be ${expected}.`, da: `Valutaen skal være ${expected}.` },
      { field },
    );
  }
}

export class AmountNotPositive extends Unprocessable {
  constructor(field: string) {
    super('money.not_positive', { en: 'The amount must be above zero.', da: 'Beløbet skal være over nul.' }, { field });
  }
}

/** The gateway said no, and would again. */
export class CheckoutRejected extends Conflict {
  constructor() {
    super('payment.rejected', {
      en: 'The payment provider did not accept this payment. Check the school’s account there, or try another amount.',
      da: 'Betalingsudbyderen afviste betalingen. Tjek skolens konto dér, eller prøv et andet beløb.',
    });
  }
}

/** The gateway did not answer, or another request is asking it at this moment. */
export class GatewayUnclear extends Unavailable {
  constructor() {
    super(
      'payment.provider_unavailable',
      {
        en: 'The payment provider does not answer. Try again in a moment.',
        da: 'Betalingsudbyderen svarer ikke. Prøv igen om lidt.',
      },
      { retryAfterSeconds: 5 },
    );
  }
}

/** Only what staff took in by hand, and nothing of which was given back, never came. */
export class PaymentNotReversible extends Conflict {
  constructor() {
    super('payment.not_reversible', {
      en: 'Only a payment that staff took in, and of which nothing was refunded, can be reversed. Refund this one instead.',
      da: 'Kun en betaling, som kontoret har registreret, og hvoraf intet er refunderet, kan tilbageføres. Refunder denne i stedet.',
    });
  }
}

/** No gateway took it, so none can give it back. */
export class RefundByHand extends Conflict {
  constructor() {
    super('payment.refund_by_hand', {
      en: 'This payment was taken in by staff. Pay the money out and record that: POST …/payouts.',
      da: 'Betalingen er modtaget af kontoret. Udbetal pengene, og registrer det: POST …/payouts.',
    });
  }
}

export class ReceivedInFuture extends Unprocessable {
  constructor() {
    super(
      'payment.received_in_future',
      { en: 'Money is recorded once it has come, not before.', da: 'Penge registreres, når de er kommet, ikke før.' },
      { field: 'receivedOn' },
    );
  }
}

export class AllocationAbovePayment extends Unprocessable {
  constructor() {
    super(
      'payment.allocation_above_amount',
      {
        en: 'The invoices get more than the payment brings. Lower the amounts of the allocations.',
        da: 'Fakturaerne får mere, end betalingen rækker til. Sænk beløbene i fordelingen.',
      },
      { field: 'allocations' },
    );
  }
}

export class AllocationAboveOutstanding extends Unprocessable {
  constructor(outstanding: Money) {
    super(
      'payment.allocation_above_outstanding',
      {
        en: `At most ${outstanding.format('en')} is left to pay on that invoice. The rest may stay on the student’s account.`,
        da: `Der mangler højst at blive betalt ${outstanding.format('da')} på den faktura. Resten kan stå på elevens konto.`,
      },
      { field: 'allocations', extra: { outstanding } },
    );
  }
}

export class NoCredit extends Conflict {
  constructor() {
    super('account.no_credit', {
      en: 'The student has no money to his credit. Read his credit to see what there is.',
      da: 'Eleven har ingen penge til gode. Læs elevens tilgodehavende for at se, hvad der er.',
    });
  }
}

export class CreditTooSmall extends Unprocessable {
  constructor(credit: Money) {
    super(
      'account.credit_too_small',
      {
        en: `The student has ${credit.format('en')} to his credit. Ask for that or less.`,
        da: `Eleven har ${credit.format('da')} til gode. Bed om det eller mindre.`,
      },
      { field: 'amount', extra: { credit } },
    );
  }
}
