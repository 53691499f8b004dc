import { Conflict, NotFound, Unprocessable, type Problem } from '../../../../platform/http/problem.js';
import type { Id } from '../../../../platform/values/id.js';
import type { Hindrance } from '../../domain/calendar/hindrances.js';
import type { FreeTime } from '../../domain/calendar/free-times.js';
import type { Refused } from './lessons-plan.js';
import { MOST_LESSONS } from './weekly-pattern.js';

/** Why one of several lessons was refused: what it would have been told alone. */
export interface Refusal {
  /** Of the problem. */
  readonly code: string;
  /** What is taken, when something is. */
  readonly busy: readonly Hindrance[];
  readonly alternatives: readonly FreeTime[];
}

export function refusalOf({ code, extra }: Problem): Refusal {
  const { busy = [], alternatives = [] } = extra as Partial<Refusal>;
  return { code, busy, alternatives };
}

/** One of several lessons that was refused. */
export interface RefusedLesson {
  /** The booking, when it is one that was to change. */
  readonly bookingId: Id | null;
  readonly startsAt: Date;
  readonly refusal: Refusal;
}

export function refusedLesson({ bookingId, startsAt, problem }: Refused): RefusedLesson {
  return { bookingId, startsAt, refusal: refusalOf(problem) };
}

/** 409 `booking.some_refused`: not all of several lessons are possible, or none. Says which are not, and why. */
export class SomeLessonsRefused extends Conflict {
  constructor(refused: readonly RefusedLesson[]) {
    super(
      'booking.some_refused',
      {
        en: 'Some of the lessons are not possible, so nothing was changed. See in refused which and why; change those, or leave them out with "onConflict": "skip".',
        da: 'Nogle af lektionerne er ikke mulige, så intet er ændret. Se i refused hvilke og hvorfor; ret dem, eller udelad dem med "onConflict": "skip".',
      },
      { extra: { refused } },
    );
  }
}

/** 409 `booking.paid_in_advance`: lessons that wait for a payment are booked one by one by those who pay. */
export class PaidInAdvance extends Conflict {
  constructor() {
    super(
      'booking.paid_in_advance',
      {
        en: 'Lessons of this kind are paid in advance. Book and pay them one at a time, or ask the school for the series.',
        da: 'Denne slags lektioner betales forud. Book og betal dem én ad gangen, eller bed køreskolen om serien.',
      },
      { field: 'lessonTypeId' },
    );
  }
}

/** 409 `booking_series.nothing_left`: every lesson that is meant is over or cancelled. */
export class NothingLeftOfSeries extends Conflict {
  constructor() {
    super('booking_series.nothing_left', {
      en: 'The series has no lesson left there that is booked and still to come. Read the series to see how its lessons stand.',
      da: 'Serien har ingen kommende bookede lektioner tilbage her. Hent serien for at se, hvordan dens lektioner står.',
    });
  }
}

/** 404 `booking_series.not_found`: no such series here, or not one the caller may see. */
export class SeriesNotFound extends NotFound {
  constructor() {
    super('booking_series.not_found', {
      en: 'There is no such series. List the series to see which there are.',
      da: 'Serien findes ikke. Hent listen over serier for at se, hvilke der er.',
    });
  }
}

/** 422 `booking_series.too_long`: more lessons than one series has. */
export class SeriesTooLong extends Unprocessable {
  constructor(field: 'until' | 'count') {
    super(
      'booking_series.too_long',
      {
        en: `A series has at most ${MOST_LESSONS} lessons. End it earlier, and book another one after it.`,
        da: `En serie har højst ${MOST_LESSONS} lektioner. Slut den tidligere, og book en ny derefter.`,
      },
      { field, extra: { maximum: MOST_LESSONS } },
    );
  }
}

/** 422 `booking_series.empty`: none of its weekdays lies between its dates. */
export class SeriesEmpty extends Unprocessable {
  constructor() {
    super(
      'booking_series.empty',
      {
        en: 'No such weekday lies between "from" and "until". Choose a later "until", or other weekdays.',
        da: 'Der ligger ingen af de ugedage mellem "from" og "until". Vælg en senere "until" eller andre ugedage.',
      },
      { field: 'until' },
    );
  }
}

/** 422 `booking_series.end_unclear`: it ends by a date or by a number of lessons. */
export class SeriesEndUnclear extends Unprocessable {
  constructor() {
    super(
      'booking_series.end_unclear',
      {
        en: 'Say when the series ends: either "until" or "count", and not both.',
        da: 'Angiv, hvornår serien slutter: enten "until" eller "count", ikke begge.',
      },
      { field: 'until' },
    );
  }
}

/** 422 `booking_series.lesson_required`: one, or it and those after it: after which? */
export class SeriesLessonRequired extends Unprocessable {
  constructor() {
    super(
      'booking_series.lesson_required',
      {
        en: 'Say in "bookingId" which lesson of the series is meant, or choose the scope "all".',
        da: 'Angiv i "bookingId", hvilken af seriens lektioner der menes, eller vælg omfanget "all".',
      },
      { field: 'bookingId' },
    );
  }
}

/** 422 `booking.nothing_to_change`: neither another time nor another teacher or vehicle. */
export class NothingToChange extends Unprocessable {
  constructor() {
    super(
      'booking.nothing_to_change',
      {
        en: 'Say what shall be different: another time, other days, another teacher or vehicle.',
        da: 'Angiv, hvad der skal ændres: et andet tidspunkt, andre dage, en anden kørelærer eller bil.',
      },
      { field: 'time' },
    );
  }
}

/** 422 `booking.times_overlap`: two of the times that are asked for lie within each other. */
export class TimesOverlap extends Unprocessable {
  constructor(index: number) {
    super(
      'booking.times_overlap',
      {
        en: 'This lesson overlaps another one of the same request. Choose times that lie apart.',
        da: 'Denne lektion overlapper en anden i samme forespørgsel. Vælg tider, der ikke overlapper.',
      },
      { field: `times.${index}.startsAt` },
    );
  }
}

/** 422 `booking.named_twice`: the same booking stands twice in one request. */
export class NamedTwice extends Unprocessable {
  constructor(field: string) {
    super(
      'booking.named_twice',
      { en: 'This booking is named twice. Name each once.', da: 'Denne booking er nævnt to gange. Nævn hver én gang.' },
      { field },
    );
  }
}
