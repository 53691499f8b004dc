import { Unprocessable } from '../../../../platform/http/problem.js';

/** 422 `booking_rules.deposit_invalid`: a deposit belongs to `prepayment: deposit`, is positive and at most the price. */
export class DepositInvalid extends Unprocessable {
  constructor() {
    super(
      'booking_rules.deposit_invalid',
      {
        en: 'With `prepayment: deposit` give a deposit above zero and at most the lesson’s price; otherwise leave it out (null).',
        da: 'Angiv med `prepayment: deposit` et depositum over nul og højst lektionens pris; ellers udelades det (null).',
      },
      { field: 'deposit' },
    );
  }
}

/** 422 `booking_rules.wrong_currency`: money is in the school's currency. */
export class RulesInOtherCurrency extends Unprocessable {
  constructor(field: 'deposit' | 'arrearsLimit', currency: string) {
    super(
      'booking_rules.wrong_currency',
      { en: `Give the amount in ${currency}.`, da: `Angiv beløbet i ${currency}.` },
      { field: `${field}.currency` },
    );
  }
}
