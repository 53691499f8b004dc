import { NotFound, Unavailable, Unprocessable } from '../http/problem.js';

/** 404 `file.link_not_valid`: forged, too old, or the file has been deleted. */
export class LinkNotValid extends NotFound {
  constructor() {
    super('file.link_not_valid', {
      en: 'This link does not work any more. Ask for a new one where you found it; a link opens its file for five minutes.',
      da: 'Linket virker ikke længere. Hent et nyt, hvor du fandt det; et link åbner sin fil i fem minutter.',
    });
  }
}

/** 422 `file.type_not_allowed`: the bytes are of no type that is taken here, whatever the file is called. */
export class FileTypeNotAllowed extends Unprocessable {
  constructor(allowed: readonly string[]) {
    const list = allowed.join(', ');
    super('file.type_not_allowed', {
      en: `The file is of another type than its name may say. Send one of: ${list}.`,
      da: `Filen er af en anden type, end navnet måske siger. Send en af: ${list}.`,
    });
  }
}

/** 422 `file.infected`: the virus scanner found something; the file was not kept. */
export class FileInfected extends Unprocessable {
  constructor() {
    super('file.infected', {
      en: 'The virus scanner found malware in the file, which was not kept. Clean the device it comes from, and make a new file.',
      da: 'Virusscanneren fandt skadelig kode i filen, som ikke er gemt. Rens enheden, den kommer fra, og lav en ny fil.',
    });
  }
}

/** 503 `file.not_scanned`: the virus scanner gave no verdict, so the file was not kept. */
export class FileNotScanned extends Unavailable {
  constructor(cause?: unknown) {
    super(
      'file.not_scanned',
      {
        en: 'The file could not be scanned for viruses and was not kept. Send it again in a minute.',
        da: 'Filen kunne ikke scannes for virus og er ikke gemt. Send den igen om et minut.',
      },
      { retryAfterSeconds: 60, cause },
    );
  }
}

/** 503 `file.store_unavailable`: the store did not take the file or give it. */
export class FileStoreUnavailable extends Unavailable {
  constructor(cause?: unknown) {
    super(
      'file.store_unavailable',
      {
        en: 'Files cannot be stored or read at the moment. Try again in a minute.',
        da: 'Filer kan ikke gemmes eller læses lige nu. Prøv igen om et minut.',
      },
      { retryAfterSeconds: 60, cause },
    );
  }
}
