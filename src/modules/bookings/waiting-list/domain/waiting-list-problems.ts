import { Conflict, NotFound, Unprocessable, type Texts } from '../../../../platform/http/problem.js';
import type { Id } from '../../../../platform/values/id.js';
import type { OfferedTime, OfferState } from './offer.js';
import type { EntryState } from './entry-state.js';

/** 404 `waiting_list.entry_not_found` */
export class EntryNotFound extends NotFound {
  constructor() {
    super('waiting_list.entry_not_found', {
      en: 'There is no such entry on the waiting list. List the entries to see which there are.',
      da: 'Der er ingen sådan plads på ventelisten. Hent ventelisten for at se, hvilke der er.',
    });
  }
}

const closedTexts: Record<Exclude<EntryState, 'active'>, Texts> = {
  fulfilled: {
    en: 'The student got a lesson from the waiting list already. Join it again for another.',
    da: 'Eleven har allerede fået en tid fra ventelisten. Skriv eleven op igen for at få en til.',
  },
  withdrawn: {
    en: 'The student has left the waiting list already. Join it again to wait on.',
    da: 'Eleven er allerede taget af ventelisten. Skriv eleven op igen for at vente videre.',
  },
  expired: {
    en: 'The dates that the student waited for have passed. Join the list again with others.',
    da: 'De datoer, eleven ventede på, er gået. Skriv eleven op igen med nye.',
  },
};

/** 409 `waiting_list.entry_closed` */
export class EntryClosed extends Conflict {
  constructor(state: EntryState) {
    super('waiting_list.entry_closed', closedTexts[state === 'active' ? 'withdrawn' : state], { extra: { state } });
  }
}

/** 422 `waiting_list.dates_invalid`: the last date is before the first, has passed, or is more than a year ahead. */
export class WishedDatesInvalid extends Unprocessable {
  constructor() {
    super(
      'waiting_list.dates_invalid',
      {
        en: 'The last date must not be past, not before the first, and at most a year ahead.',
        da: 'Den sidste dato må ikke være gået, ikke ligge før den første og højst et år frem.',
      },
      { field: 'untilDate' },
    );
  }
}

/** 422 `waiting_list.times_invalid`: the lesson does not fit between the two times of day. */
export class WishedTimesInvalid extends Unprocessable {
  constructor() {
    super(
      'waiting_list.times_invalid',
      {
        en: '"latest" must be so much after "earliest" that the lesson fits between them.',
        da: '"latest" skal ligge så meget efter "earliest", at lektionen kan være imellem.',
      },
      { field: 'latest' },
    );
  }
}

/** 404 `offer.not_found` */
export class OfferNotFound extends NotFound {
  constructor() {
    super('offer.not_found', {
      en: 'There is no such offer. List the student’s offers to see which there are.',
      da: 'Tilbuddet findes ikke. Hent listen over elevens tilbud for at se, hvilke der er.',
    });
  }
}

const goneTexts: Record<Exclude<OfferState, 'open'>, Texts> = {
  accepted: {
    en: 'The offer has been accepted already. Read the booking to see when the lesson is.',
    da: 'Tilbuddet er allerede taget imod. Læs bookingen for at se, hvornår lektionen er.',
  },
  declined: {
    en: 'The offer has been declined. Choose one of the free times instead.',
    da: 'Der er sagt nej til tilbuddet. Vælg en af de ledige tider i stedet.',
  },
  gone: {
    en: 'Somebody else was faster, or the time is not free any more. The student keeps the place on the waiting list and is asked again.',
    da: 'En anden var hurtigere, eller tiden er ikke ledig længere. Eleven beholder sin plads på ventelisten og bliver spurgt igen.',
  },
  expired: {
    en: 'The time to answer is over. The student keeps the place on the waiting list and is asked again.',
    da: 'Svarfristen er udløbet. Eleven beholder sin plads på ventelisten og bliver spurgt igen.',
  },
  withdrawn: {
    en: 'The offer does not stand any more. Choose one of the free times instead.',
    da: 'Tilbuddet gælder ikke længere. Vælg en af de ledige tider i stedet.',
  },
};

/** 409 `offer.closed`: it cannot be answered any more; `state` says why, `bookingId` what came of it. */
export class OfferClosed extends Conflict {
  constructor(state: Exclude<OfferState, 'open'>, bookingId: Id | null = null) {
    super('offer.closed', goneTexts[state], { extra: { state, ...(bookingId && { bookingId }) } });
  }
}

/** 422 `offer.choice_unknown` */
export class ChoiceUnknown extends Unprocessable {
  constructor() {
    super(
      'offer.choice_unknown',
      {
        en: 'This is none of the offered times. Choose one of those in `choices`.',
        da: 'Det er ikke en af de tilbudte tider. Vælg en af dem i `choices`.',
      },
      { field: 'startsAt' },
    );
  }
}

/** 409 `offer.choice_gone`: that time is taken; `choices` are those of the offer that are not. */
export class ChoiceGone extends Conflict {
  constructor(choices: readonly OfferedTime[]) {
    super(
      'offer.choice_gone',
      {
        en: 'Somebody else was faster with that time. Choose one of the others.',
        da: 'En anden var hurtigere til den tid. Vælg en af de andre.',
      },
      { field: 'startsAt', extra: { choices } },
    );
  }
}
