import { Conflict, NotFound, Unprocessable } from '../../../../platform/http/problem.js';

export class InvalidBuyerCvr extends Unprocessable {
  constructor() {
    super(
      'billing.invalid_cvr',
      {
        en: 'must be a CVR number: eight digits with a valid check digit',
        da: 'skal være et CVR-nummer: otte cifre med gyldig kontrol',
      },
      { field: 'cvr' },
    );
  }
}

export class InvalidEan extends Unprocessable {
  constructor() {
    super(
      'billing.invalid_ean',
      {
        en: 'must be an EAN location number: thirteen digits, the last of which checks the others',
        da: 'skal være et EAN-nummer: tretten cifre, hvoraf det sidste kontrollerer de andre',
      },
      { field: 'ean' },
    );
  }
}

export class DraftNotFound extends NotFound {
  constructor() {
    super('invoice_draft.not_found', {
      en: 'There is no such draft; it may have been issued or deleted. List the drafts and the invoices to see.',
      da: 'Kladden findes ikke; den kan være udstedt eller slettet. Hent listerne over kladder og fakturaer for at se.',
    });
  }
}

export class DraftIsEmpty extends Conflict {
  constructor() {
    super('invoice_draft.empty', {
      en: 'The draft has no lines. Put a charge or a line on it before it is issued.',
      da: 'Kladden har ingen linjer. Sæt en post eller en linje på, før den udstedes.',
    });
  }
}
