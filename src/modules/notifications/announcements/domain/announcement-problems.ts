import { Conflict, NotFound, Unprocessable } from '../../../../platform/http/problem.js';
import type { AnnouncementState } from './announcement-state.js';

/** 404: none, or another school's. */
export class AnnouncementNotFound extends NotFound {
  constructor() {
    super('announcement.not_found', {
      en: 'There is no such announcement. List the announcements to see which there are.',
      da: 'Opslaget findes ikke. Hent listen over opslag for at se, hvilke der er.',
    });
  }
}

/** 409: it is on its way already, or has ended. */
export class AnnouncementNotOpen extends Conflict {
  constructor(state: AnnouncementState | 'done') {
    super(
      'announcement.not_open',
      {
        en: 'That cannot be done with the announcement any more: see `state`. A draft is changed, confirmed or deleted, one that is being sent is cancelled.',
        da: 'Det kan ikke længere gøres med opslaget: se `state`. En kladde ændres, bekræftes eller slettes, og et opslag, der sendes, annulleres.',
      },
      { extra: { state } },
    );
  }
}

/** 409: the draft is another one than the one that was looked at. */
export class AnnouncementChanged extends Conflict {
  constructor(version: number) {
    super(
      'announcement.changed',
      {
        en: 'The draft was changed after your preview. Look at the preview again, and confirm its version.',
        da: 'Kladden er ændret efter din forhåndsvisning. Se forhåndsvisningen igen, og bekræft dens version.',
      },
      { extra: { version } },
    );
  }
}

/** 409: nobody is left to tell. */
export class NobodyToTell extends Conflict {
  constructor() {
    super('announcement.nobody', {
      en: 'Nobody would get it: no student is meant, or none of them can be reached this way. The preview says why.',
      da: 'Ingen ville få det: ingen elev er omfattet, eller ingen af dem kan nås på den måde. Forhåndsvisningen siger hvorfor.',
    });
  }
}

/** 422: a text that a channel needs is not there. */
export class AnnouncementTextMissing extends Unprocessable {
  constructor(field: string) {
    super(
      'announcement.text_missing',
      {
        en: 'Write the text: each language that is written has a subject and a text for e-mail, and a text for SMS when it goes there.',
        da: 'Skriv teksten: hvert sprog, der er skrevet, har emne og tekst til e-mail og en tekst til sms, når det sendes sådan.',
      },
      { field },
    );
  }
}

/** 422: something in braces that no reader has. */
export class PlaceholderUnknown extends Unprocessable {
  constructor(field: string, found: string) {
    super(
      'announcement.placeholder_unknown',
      {
        en: `A text may name {{ first_name }}, {{ name }} and {{ school_name }} alone. Found: ${found}`,
        da: `En tekst kan kun nævne {{ first_name }}, {{ name }} og {{ school_name }}. Fandt: ${found}`,
      },
      { field },
    );
  }
}

/** 422: the group names a teacher, a place or a course that the school does not have. */
export class AudienceUnknown extends Unprocessable {
  constructor(field: 'teacherId' | 'locationId' | 'courseId') {
    super(
      'announcement.audience_unknown',
      {
        en: 'The school has no such teacher, place or course.',
        da: 'Skolen har ingen sådan kørelærer, intet sådant sted eller kursus.',
      },
      { field: `audience.${field}` },
    );
  }
}
