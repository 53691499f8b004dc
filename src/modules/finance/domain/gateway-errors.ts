import { Conflict, NotFound, Unprocessable } from '../../../platform/http/problem.js';
import type { Money } from '../../../platform/values/money.js';

export class GatewayNotBound extends Unprocessable {
  constructor() {
    super(
      'payment_gateway.not_bound',
      {
        en: 'This platform takes no payments through that provider. Choose one that is set up.',
        da: 'Platformen tager ikke betalinger gennem den udbyder. Vælg en, der er sat op.',
      },
      { field: 'provider' },
    );
  }
}

export class NoSchoolAccounts extends Unprocessable {
  constructor() {
    super(
      'payment_gateway.no_school_accounts',
      {
        en: 'This provider has no accounts of schools’ own. Leave the account out.',
        da: 'Udbyderen har ikke konti til den enkelte skole. Udelad kontoen.',
      },
      { field: 'accountRef' },
    );
  }
}

export class GatewayAccountTaken extends Conflict {
  constructor() {
    super('payment_gateway.account_taken', {
      en: 'Another school is paid on this account. Use the account that was made for this school.',
      da: 'En anden skole får sine penge på denne konto. Brug den konto, der er oprettet til skolen.',
    });
  }
}

export class SavedMethodNotFound extends NotFound {
  constructor() {
    super('payment_method.not_found', {
      en: 'There is no such saved card. List the saved cards to see which there are.',
      da: 'Det gemte kort findes ikke. Hent listen over gemte kort for at se, hvilke der er.',
    });
  }
}

export class NoSavedMethod extends Conflict {
  constructor() {
    super('payment_method.none', {
      en: 'The student has saved no card that may be charged. Send a link to pay by instead.',
      da: 'Eleven har ikke gemt et kort, der må trækkes på. Send i stedet et link til betaling.',
    });
  }
}

export class MethodsNotSupported extends Conflict {
  constructor() {
    super('payment_method.not_supported', {
      en: 'The school’s payment provider cannot save cards. Pay each invoice by its own link.',
      da: 'Skolens betalingsudbyder kan ikke gemme kort. Betal hver faktura med dens eget link.',
    });
  }
}

export class IntentsNotSupported extends Conflict {
  constructor() {
    super('payment.intents_not_supported', {
      en: 'The school’s payment provider takes payments on its own page only. Create a checkout instead.',
      da: 'Skolens betalingsudbyder tager kun imod betaling på sin egen side. Opret i stedet en checkout.',
    });
  }
}

/** A saved card is being charged for the invoice, or money is reserved for it. */
export class PaymentUnderWay extends Conflict {
  constructor() {
    super('payment.under_way', {
      en: 'A payment of this invoice is under way or reserved. Wait for it, or take or cancel what is reserved.',
      da: 'En betaling af fakturaen er i gang eller reserveret. Vent på den, eller hæv eller annuller reservationen.',
    });
  }
}

export class PaymentNotReserved extends Conflict {
  constructor() {
    super('payment.not_reserved', {
      en: 'Nothing is reserved by this payment. Read it to see how it stands.',
      da: 'Der er intet reserveret med denne betaling. Læs den for at se, hvordan den står.',
    });
  }
}

export class PaymentNotOpen extends Conflict {
  constructor() {
    super('payment.not_open', {
      en: 'The payment has ended. Read it to see how; what was received is given back by a refund.',
      da: 'Betalingen er afsluttet. Læs den for at se hvordan; det modtagne gives tilbage med en refusion.',
    });
  }
}

export class CaptureAboveReserved extends Unprocessable {
  constructor(reserved: Money) {
    super(
      'payment.capture_above_reserved',
      {
        en: `At most ${reserved.format('en')} can be taken.`,
        da: `Der kan højst hæves ${reserved.format('da')}`,
      },
      { field: 'amount', extra: { reserved } },
    );
  }
}
