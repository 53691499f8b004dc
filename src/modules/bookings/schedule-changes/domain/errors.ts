import { Conflict, type Problem, Unprocessable } from '../../../../platform/http/problem.js';
import type { Id } from '../../../../platform/values/id.js';

/** 422 `schedule_change.not_one`: none was given, or several. */
export class NotOneChange extends Unprocessable {
  constructor(field: string) {
    super(
      'schedule_change.not_one',
      {
        en: 'Give exactly one of workingHours, dayHours, timeOff and closingDays.',
        da: 'Angiv præcis én af workingHours, dayHours, timeOff og closingDays.',
      },
      { field },
    );
  }
}

/** 422 `schedule_change.decided_twice`: two decisions on one lesson. */
export class DecidedTwice extends Unprocessable {
  constructor(index: number) {
    super(
      'schedule_change.decided_twice',
      { en: 'decides on a lesson that was decided on before: keep one', da: 'afgør en lektion to gange: behold én' },
      { field: `decisions.${index}.bookingId` },
    );
  }
}

/** 422 `schedule_change.target_missing`: a move without a time. */
export class MoveWithoutTime extends Unprocessable {
  constructor(index: number) {
    super(
      'schedule_change.target_missing',
      {
        en: 'is needed to move a lesson: take one of its alternatives',
        da: 'skal angives for at flytte en lektion: vælg et af dens alternativer',
      },
      { field: `decisions.${index}.startsAt` },
    );
  }
}

/** 409 `schedule_change.undecided`: somebody asked to be refused while lessons are left that nobody has decided on. */
export class UndecidedBookings extends Conflict {
  constructor(bookingIds: readonly Id[]) {
    super(
      'schedule_change.undecided',
      {
        en: 'The change leaves lessons outside that nothing was decided on. Keep, move or cancel each, or save without asking to be refused.',
        da: 'Ændringen efterlader lektioner, der ikke er taget stilling til. Behold, flyt eller aflys hver af dem, eller gem uden at bede om at blive afvist.',
      },
      { field: 'decisions', extra: { bookingIds } },
    );
  }
}

/** 409 `schedule_change.decision_refused`: one decision cannot be carried out, so nothing was changed; `refusal` is the code of why. */
export class DecisionRefused extends Conflict {
  constructor(index: number, bookingId: Id, cause: Problem) {
    super('schedule_change.decision_refused', cause.texts, {
      field: `decisions.${index}.${cause.fields[0]?.field ?? 'bookingId'}`,
      extra: { ...cause.extra, bookingId, refusal: cause.code },
      cause,
    });
  }
}
