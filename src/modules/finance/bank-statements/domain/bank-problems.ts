import { Conflict, NotFound, Unprocessable } from '../../../../platform/http/problem.js';

export class BankStatementNotFound extends NotFound {
  constructor() {
    super('bank_statement.not_found', {
      en: 'There is no such statement. List the statements to see which there are.',
      da: 'Kontoudtoget findes ikke. Hent listen over kontoudtog for at se, hvilke der er.',
    });
  }
}

export class BankLineNotFound extends NotFound {
  constructor() {
    super('bank_line.not_found', {
      en: 'There is no such line. List the bank lines to see which there are.',
      da: 'Linjen findes ikke. Hent listen over banklinjer for at se, hvilke der er.',
    });
  }
}

export class BankLineMatched extends Conflict {
  constructor() {
    super('bank_line.matched', {
      en: 'The line is a payment already. Reverse the payment if it was the wrong student’s.',
      da: 'Linjen er allerede en betaling. Tilbagefør betalingen, hvis den var en anden elevs.',
    });
  }
}

export class BankFileUnreadable extends Unprocessable {
  constructor(row: number) {
    super(
      'bank_statement.unreadable',
      {
        en: `Row ${row} has no date and amount as banks write them. Export the statement as CSV once more, or name its columns.`,
        da: `Række ${row} har ikke dato og beløb, som banker skriver dem. Eksporter kontoudtoget som CSV igen, eller navngiv kolonnerne.`,
      },
      { extra: { row } },
    );
  }
}

export class BankFileColumnsMissing extends Unprocessable {
  constructor(missing: readonly string[]) {
    const columns = missing.join(', ');
    super(
      'bank_statement.columns_missing',
      {
        en: `The first row must hold headings; these were not found: ${columns}. Say in the query what they are called.`,
        da: `Første række skal være overskrifter; disse blev ikke fundet: ${columns}. Sig i forespørgslen, hvad de hedder.`,
      },
      { extra: { missing } },
    );
  }
}

export class BankFileTooLong extends Unprocessable {
  constructor(most: number) {
    super('bank_statement.too_long', {
      en: `The statement has more than ${most} rows. Export fewer days at once.`,
      da: `Kontoudtoget har mere end ${most} rækker. Eksporter færre dage ad gangen.`,
    });
  }
}

export class InvalidGiroCreditor extends Unprocessable {
  constructor() {
    super(
      'finance_settings.invalid_giro_creditor',
      {
        en: 'must be the FI creditor number from the bank: eight digits, the first of which is 8',
        da: 'skal være FI-kreditornummeret fra banken: otte cifre, hvoraf det første er 8',
      },
      { field: 'giroCreditor' },
    );
  }
}
