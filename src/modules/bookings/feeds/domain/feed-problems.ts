import { Forbidden, NotFound, Unprocessable } from '../../../../platform/http/problem.js';
import type { SubjectField } from './calendar-feed.js';

/** 404 `calendar_feed.not_found`: no such feed here, or somebody else's. */
export class FeedNotFound extends NotFound {
  constructor() {
    super('calendar_feed.not_found', {
      en: 'There is no such calendar feed. List the feeds to see which there are.',
      da: 'Kalenderabonnementet findes ikke. Hent listen for at se, hvilke der er.',
    });
  }
}

/** 404 `calendar_feed.closed`: the address shows nothing, or nothing any more. */
export class FeedClosed extends NotFound {
  constructor() {
    super('calendar_feed.closed', {
      en: 'This address shows no calendar any more. Get a new one from the driving school, and remove this one from your calendar.',
      da: 'Adressen viser ikke længere nogen kalender. Få en ny hos køreskolen, og fjern denne fra din kalender.',
    });
  }
}

/** 403 `calendar_feed.not_yours`: a calendar that the caller may not subscribe to. */
export class CalendarNotYours extends Forbidden {
  constructor() {
    super('calendar_feed.not_yours', {
      en: 'Teachers and students subscribe to their own calendar; the office to any. Ask the office.',
      da: 'Kørelærere og elever kan abonnere på deres egen kalender, kontoret på alle. Spørg kontoret.',
    });
  }
}

/** 422 `calendar_feed.whose`: the id that goes with the kind is missing, or another one is given. */
export class WhoseCalendar extends Unprocessable {
  constructor(field: SubjectField) {
    super(
      'calendar_feed.whose',
      {
        en: 'Say whose calendar it is: by the one id that goes with `kind`, and no other.',
        da: 'Angiv, hvis kalender det er: med det ene id, der passer til `kind`, og intet andet.',
      },
      { field },
    );
  }
}

/** 422 `calendar_feed.initials_only`: whole names stand in a teacher’s own feed alone. */
export class InitialsOnly extends Unprocessable {
  constructor() {
    super(
      'calendar_feed.initials_only',
      {
        en: 'Only a teacher’s feed of his own lessons shows students’ full names. Ask for initials.',
        da: 'Kun en kørelærers abonnement på egne lektioner viser elevernes fulde navne. Vælg initialer.',
      },
      { field: 'names' },
    );
  }
}
