import { Conflict, NotFound, Unprocessable } from '../../../../platform/http/problem.js';
import type { Money } from '../../../../platform/values/money.js';
import type { LocalDate } from '../../../../platform/values/zone.js';

export class ClosingNotFound extends NotFound {
  constructor() {
    super('books.closing_not_found', {
      en: 'There is no such closing. List the closings to see which there are.',
      da: 'Lukningen findes ikke. Hent listen over lukninger for at se, hvilke der er.',
    });
  }
}

export class PeriodNotOver extends Unprocessable {
  constructor(last: LocalDate) {
    super(
      'books.period_not_over',
      {
        en: `Only days that are over can be closed: ${last} at the latest.`,
        da: `Kun dage, der er forbi, kan lukkes: senest ${last}.`,
      },
      { field: 'through', extra: { last } },
    );
  }
}

export class ClosedAlready extends Conflict {
  constructor(through: LocalDate) {
    super(
      'books.closed_already',
      {
        en: `The books are closed through ${through} already. Choose a later day.`,
        da: `Regnskabet er allerede lukket til og med ${through}. Vælg en senere dag.`,
      },
      { field: 'through', extra: { closedThrough: through } },
    );
  }
}

export class NotLatestClosing extends Conflict {
  constructor() {
    super('books.not_latest_closing', {
      en: 'Only the latest closing that stands can be reopened. List the closings, and reopen the later ones first.',
      da: 'Kun den seneste lukning, der gælder, kan genåbnes. Hent listen over lukninger, og genåbn de senere først.',
    });
  }
}

export class WriteOffNotFound extends NotFound {
  constructor() {
    super('write_off.not_found', {
      en: 'There is no such write-off. List the write-offs to see which there are.',
      da: 'Afskrivningen findes ikke. Hent listen over afskrivninger for at se, hvilke der er.',
    });
  }
}

export class WriteOffReversed extends Conflict {
  constructor() {
    super('write_off.reversed', {
      en: 'The write-off has been reversed already. Read it to see when and by whom.',
      da: 'Afskrivningen er allerede tilbageført. Læs den for at se hvornår og af hvem.',
    });
  }
}

export class WriteOffAboveOutstanding extends Unprocessable {
  constructor(outstanding: Money) {
    super(
      'write_off.above_outstanding',
      {
        en: `At most ${outstanding.format('en')} can be written off.`,
        da: `Der kan højst afskrives ${outstanding.format('da')}`,
      },
      { field: 'amount', extra: { outstanding } },
    );
  }
}
