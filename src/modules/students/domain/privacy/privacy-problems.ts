import { Conflict, NotFound } from '../../../../platform/http/problem.js';
import type { Objection } from '../../../../platform/privacy/personal-data.decorators.js';

export class DataExportNotFound extends NotFound {
  constructor() {
    super('data_export.not_found', {
      en: 'There is no such export, or it has expired after seven days. Ask for a new one.',
      da: 'Udtrækket findes ikke, eller det er udløbet efter syv dage. Bed om et nyt.',
    });
  }
}

export class DataExportNotReady extends Conflict {
  constructor() {
    super(
      'data_export.not_ready',
      {
        en: 'The export is still being made. Ask for its state, and for the link once it is ready.',
        da: 'Udtrækket er stadig ved at blive lavet. Spørg til dets tilstand, og hent linket, når det er klar.',
      },
      { retryAfterSeconds: 5 },
    );
  }
}

export class ErasureNotFound extends NotFound {
  constructor() {
    super('erasure.not_found', {
      en: 'Nobody has asked for this student to be erased. An owner may, with a reason.',
      da: 'Ingen har bedt om, at denne elev bliver slettet. En ejer kan gøre det med en grund.',
    });
  }
}

/** 409 `erasure.refused`: something has to be settled first; `objections` names each thing. */
export class ErasureRefused extends Conflict {
  constructor(objections: readonly Objection[] = []) {
    const all = (language: 'en' | 'da') => objections.map(({ texts }) => texts[language]).join(' ');
    super(
      'erasure.refused',
      {
        en: `The student cannot be erased yet. ${all('en')}`.trim(),
        da: `Eleven kan ikke slettes endnu. ${all('da')}`.trim(),
      },
      { extra: { objections: objections.map(({ code }) => code) } },
    );
  }
}
