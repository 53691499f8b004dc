import { Conflict, NotFound, Unprocessable } from '../../../../platform/http/problem.js';
import type { Money } from '../../../../platform/values/money.js';

export class CashTillNotFound extends NotFound {
  constructor() {
    super('till.not_found', {
      en: 'There is no such till. List the tills to see which there are.',
      da: 'Kassen findes ikke. Hent listen over kasser for at se, hvilke der er.',
    });
  }
}

export class CashSessionNotFound extends NotFound {
  constructor() {
    super('till.session_not_found', {
      en: 'The till was not opened so. List the till’s sessions to see which there are.',
      da: 'Kassen har ikke været åbnet sådan. Hent listen over kasseopgørelser for at se, hvilke der er.',
    });
  }
}

export class TillAlreadyOpen extends Conflict {
  constructor() {
    super('till.already_open', {
      en: 'The till is open already. Count and close it before it is opened again.',
      da: 'Kassen er allerede åben. Tæl den op, og luk den, før den åbnes igen.',
    });
  }
}

export class TillClosed extends Conflict {
  constructor() {
    super('till.closed', {
      en: 'The till is closed. Open it first.',
      da: 'Kassen er lukket. Åbn den først.',
    });
  }
}

export class NotSoMuchInTill extends Unprocessable {
  constructor(expected: Money) {
    super(
      'till.not_so_much',
      {
        en: `There should be ${expected.format('en')} in the till. Take out that or less.`,
        da: `Der skal være ${expected.format('da')} i kassen. Tag det eller mindre ud.`,
      },
      { field: 'amount', extra: { expected } },
    );
  }
}

export class AmountNegative extends Unprocessable {
  constructor(field: string) {
    super('money.negative', { en: 'The amount may not be negative.', da: 'Beløbet må ikke være negativt.' }, { field });
  }
}
