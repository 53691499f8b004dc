import { Conflict, NotFound, Unavailable, Unprocessable } from '../../../platform/http/problem.js';

/** 409: nothing to send to. */
export class BooksNotConnected extends Conflict {
  constructor() {
    super('accounting.not_connected', {
      en: 'The school has not connected its bookkeeping. Connect it first.',
      da: 'Skolen har ikke forbundet sit regnskab. Forbind det først.',
    });
  }
}

export class BooksConnectedAlready extends Conflict {
  constructor() {
    super('accounting.connected_already', {
      en: 'The school has connected its bookkeeping already. Disconnect it before you connect another.',
      da: 'Skolen har allerede forbundet sit regnskab. Afbryd forbindelsen, før du forbinder et andet.',
    });
  }
}

export class BooksProviderUnknown extends Unprocessable {
  constructor() {
    super(
      'accounting.provider_unknown',
      {
        en: 'This bookkeeping system is not set up here, or is connected in another way. List the systems to see which there are.',
        da: 'Dette regnskabssystem er ikke sat op her, eller det forbindes på en anden måde. Hent listen over systemer.',
      },
      { field: 'provider' },
    );
  }
}

export class BooksTokenMissing extends Unprocessable {
  constructor() {
    super(
      'accounting.token_missing',
      {
        en: 'This bookkeeping system is connected by a token. Make one there and send it.',
        da: 'Dette regnskabssystem forbindes med et token. Lav et der, og send det med.',
      },
      { field: 'token' },
    );
  }
}

/** 422: the books said no to our access. */
export class BooksRefused extends Unprocessable {
  constructor() {
    super('accounting.refused', {
      en: 'The bookkeeping system does not let us in. Check the access there, and connect again.',
      da: 'Regnskabssystemet lukker os ikke ind. Kontrollér adgangen der, og forbind igen.',
    });
  }
}

export class BooksUnavailable extends Unavailable {
  constructor(cause?: unknown) {
    super(
      'accounting.unavailable',
      {
        en: 'The bookkeeping system cannot be reached at the moment. Try again in a minute.',
        da: 'Regnskabssystemet kan ikke nås lige nu. Prøv igen om et minut.',
      },
      { retryAfterSeconds: 60, cause },
    );
  }
}

export class BooksCompanyUnknown extends Unprocessable {
  constructor() {
    super(
      'accounting.company_unknown',
      {
        en: 'This is none of the companies that we were let into. Read the connection to see them.',
        da: 'Det er ikke en af de virksomheder, vi har fået adgang til. Læs forbindelsen for at se dem.',
      },
      { field: 'company' },
    );
  }
}

export class BooksCurrencyDiffers extends Unprocessable {
  constructor() {
    super('accounting.currency_differs', {
      en: 'The books are kept in another currency than the school’s. Connect those of the school.',
      da: 'Regnskabet føres i en anden valuta end skolens. Forbind skolens eget.',
    });
  }
}

export class SyncModeNotOffered extends Unprocessable {
  constructor() {
    super(
      'accounting.mode_not_offered',
      {
        en: 'This bookkeeping system does not take that. Choose the other mode.',
        da: 'Dette regnskabssystem kan ikke modtage det. Vælg den anden måde.',
      },
      { field: 'mode' },
    );
  }
}

export class SyncBeginsInClosedPeriod extends Unprocessable {
  constructor() {
    super(
      'accounting.begins_in_closed_period',
      {
        en: 'That day lies in a period that is closed. Begin after it.',
        da: 'Den dag ligger i en periode, der er lukket. Begynd efter den.',
      },
      { field: 'startsOn' },
    );
  }
}

export class SyncHasBegun extends Conflict {
  constructor() {
    super('accounting.sync_has_begun', {
      en: 'Something has been sent to these books already, so the mode, the period and the first day stay as they are.',
      da: 'Der er allerede sendt noget til dette regnskab, så måden, perioden og den første dag ligger fast.',
    });
  }
}

export class AccountingRecordNotFound extends NotFound {
  constructor() {
    super('accounting_record.not_found', {
      en: 'There is no such record. List the records to see which there are.',
      da: 'Posten findes ikke. Hent listen over poster for at se, hvilke der er.',
    });
  }
}

export class AccountingRecordFine extends Conflict {
  constructor() {
    super('accounting_record.fine', {
      en: 'Nothing is wrong with this record: it is booked, or waits its turn.',
      da: 'Der er intet galt med posten: den er bogført eller venter på tur.',
    });
  }
}

/** 409: what it is of may go to the books of today by itself. */
export class AccountingRecordOfOtherBooks extends Conflict {
  constructor() {
    super('accounting_record.of_other_books', {
      en: 'This record is of books that are not connected. Connect those again to send it there.',
      da: 'Posten hører til et regnskab, der ikke er forbundet. Forbind det igen for at sende den dertil.',
    });
  }
}

export class AccountingFileNotFound extends NotFound {
  constructor() {
    super('accounting_file.not_found', {
      en: 'There is no such file, or it is older than files are kept. List the files to see which there are.',
      da: 'Filen findes ikke, eller den er ældre, end filer gemmes. Hent listen over filer for at se, hvilke der er.',
    });
  }
}
