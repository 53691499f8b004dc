import { Conflict, Forbidden, NotFound, Unprocessable, type Texts } from '../../../platform/http/problem.js';
import type { Money } from '../../../platform/values/money.js';
import type { BookingState } from './booking-state.js';
import type { FreeTime } from './calendar/free-times.js';
import type { Hindrance } from './calendar/hindrances.js';

/** All that anybody is told about somebody else's time. */
const busyTexts: Record<Hindrance, Texts> = {
  teacher: {
    en: 'The teacher is busy at that time. Choose one of the alternatives, or another free time.',
    da: 'Kørelæreren er optaget på det tidspunkt. Vælg et af alternativerne eller en anden ledig tid.',
  },
  student: {
    en: 'The student has a lesson, a class or an exam at that time. Choose another time, or move that first.',
    da: 'Eleven har en lektion, undervisning eller en prøve på det tidspunkt. Vælg et andet tidspunkt, eller flyt den først.',
  },
  vehicle: {
    en: 'No vehicle is free at that time. Choose one of the alternatives, or another free time.',
    da: 'Der er ingen ledig bil på det tidspunkt. Vælg et af alternativerne eller en anden ledig tid.',
  },
  trailer: {
    en: 'No trailer is free at that time. Choose one of the alternatives, or another free time.',
    da: 'Der er ingen ledig trailer på det tidspunkt. Vælg et af alternativerne eller en anden ledig tid.',
  },
  facility: {
    en: 'The track, skid pad or room has no place at that time. Choose one of the alternatives, or another free time.',
    da: 'Der er ingen ledig plads på banen, anlægget eller i lokalet. Vælg et af alternativerne eller en anden ledig tid.',
  },
  travel: {
    en: 'There is not enough time to get there from the lesson before, or to the next one. Choose one of the alternatives.',
    da: 'Der er ikke tid nok til at nå frem fra lektionen før eller til den næste. Vælg et af alternativerne.',
  },
};

/** 409 `booking.slot_taken`: somebody was faster. Says each kind of resource that is in the way and what is free instead. */
export class SlotTaken extends Conflict {
  constructor(busy: readonly Hindrance[], alternatives: readonly FreeTime[]) {
    const texts = busyTexts[busy[0] ?? 'teacher'];
    super('booking.slot_taken', texts, { field: 'startsAt', extra: { busy, alternatives } });
  }
}

export type MissingResource = Exclude<Hindrance, 'student' | 'travel'>;

const missingTexts: Record<MissingResource, Texts> = {
  teacher: {
    en: 'No active teacher has the licence category of this lesson. Ask the school, or book another kind of lesson.',
    da: 'Ingen aktiv kørelærer har lektionens kategori. Kontakt køreskolen, eller book en anden slags lektion.',
  },
  vehicle: {
    en: 'The school has no vehicle in use with the class and gearbox of this lesson. Ask the school.',
    da: 'Skolen har intet køretøj i brug med lektionens kategori og gearkasse. Kontakt køreskolen.',
  },
  trailer: {
    en: 'The school has no trailer in use with the licence category of this lesson. Ask the school.',
    da: 'Skolen har ingen trailer i brug med lektionens kategori. Kontakt køreskolen.',
  },
  facility: {
    en: 'The school has no such track, skid pad or room in use there. Choose another location, or ask the school.',
    da: 'Skolen har ingen sådan bane, anlæg eller lokale i brug dér. Vælg et andet sted, eller kontakt køreskolen.',
  },
};

/** 409 `booking.no_such_resource`: at no time, as the school has nothing of what the lesson needs. Says what is `missing`. */
export class NoSuchResource extends Conflict {
  constructor(missing: readonly MissingResource[]) {
    super('booking.no_such_resource', missingTexts[missing[0] ?? 'teacher'], {
      field: 'lessonTypeId',
      extra: { missing },
    });
  }
}

const closedTexts: Record<BookingState, Texts> = {
  held: {
    en: 'The time is only held. Pay for it or confirm it first, or release it.',
    da: 'Tiden er kun reserveret. Betal eller bekræft den først, eller frigiv den.',
  },
  expired: {
    en: 'The time was held and not paid or confirmed before it ran out. Book a new one.',
    da: 'Tiden var reserveret og blev ikke betalt eller bekræftet i tide. Book en ny.',
  },
  booked: {
    en: 'The lesson is booked already. Read it to see when.',
    da: 'Lektionen er allerede booket. Læs den for at se hvornår.',
  },
  cancelled: { en: 'The lesson has been cancelled. Book a new one.', da: 'Lektionen er aflyst. Book en ny.' },
  completed: {
    en: 'The lesson has been completed. What it cost is corrected by a credit note.',
    da: 'Lektionen er gennemført. Hvad den kostede, rettes med en kreditnota.',
  },
  no_show: {
    en: 'The student did not show up for the lesson. Book a new one.',
    da: 'Eleven mødte ikke op til lektionen. Book en ny.',
  },
};

/** 409 `booking.closed`: the booking is in a state that nothing leads out of. */
export class BookingClosed extends Conflict {
  constructor(state: BookingState) {
    super('booking.closed', closedTexts[state], { extra: { state } });
  }
}

/** 409 `booking.changed`: others keep changing the same booking. */
export class BookingChanged extends Conflict {
  constructor(cause: unknown) {
    super(
      'booking.changed',
      { en: 'Somebody else is changing the booking. Try again.', da: 'En anden er ved at ændre bookingen. Prøv igen.' },
      { cause },
    );
  }
}

/** 409 `booking.not_started`: a lesson is completed or missed after it began, not before. */
export class LessonNotStarted extends Conflict {
  constructor() {
    super('booking.not_started', {
      en: 'The lesson has not started yet. Report it once it has, or cancel it.',
      da: 'Lektionen er ikke begyndt endnu. Meld den, når den er, eller aflys den.',
    });
  }
}

/** 409 `booking.already_started`: too late to move or cancel it. */
export class LessonStarted extends Conflict {
  constructor() {
    super('booking.already_started', {
      en: 'The lesson has already started. Report it as completed or as no-show.',
      da: 'Lektionen er allerede begyndt. Meld den gennemført eller eleven udeblevet.',
    });
  }
}

/** 409 `booking.too_late_to_move`: within the notice for cancelling, students no longer move a lesson. */
export class TooLateToMove extends Conflict {
  constructor() {
    super('booking.too_late_to_move', {
      en: 'It is too late to move the lesson. Ask the school.',
      da: 'Det er for sent at flytte lektionen. Kontakt køreskolen.',
    });
  }
}

/** 409 `booking.fee_changed`: cancelling costs something else by now than the caller was told. */
export class FeeChanged extends Conflict {
  constructor(fee: Money) {
    super(
      'booking.fee_changed',
      {
        en: 'Cancelling now costs something else than expected: see `fee`. Ask again whether to cancel.',
        da: 'Aflysning koster nu noget andet end ventet: se `fee`. Spørg igen, om der skal aflyses.',
      },
      { field: 'expectedFee', extra: { fee } },
    );
  }
}

/** 409 `booking.no_fee`: there is nothing to waive. */
export class NoFeeToWaive extends Conflict {
  constructor() {
    super('booking.no_fee', {
      en: 'Nothing is owed for cancelling this lesson or staying away from it, so there is nothing to waive. Leave `waiver` out.',
      da: 'Der skyldes intet for aflysning af eller udeblivelse fra denne lektion, så der er intet at eftergive. Udelad `waiver`.',
    });
  }
}

/** 403 `booking.waiver_staff_only`. */
export class WaiverNotYours extends Forbidden {
  constructor() {
    super('booking.waiver_staff_only', {
      en: 'Only the school waives a fee. Leave `waiver` out, and ask the school.',
      da: 'Kun køreskolen eftergiver et gebyr. Udelad `waiver`, og spørg køreskolen.',
    });
  }
}

/** 422 `booking.waiver_invalid`: more than the fee, nothing, or in another currency. */
export class WaiverInvalid extends Unprocessable {
  constructor(fee: Money, field: string) {
    super(
      'booking.waiver_invalid',
      {
        en: 'must be more than nothing and at most the fee, in its currency; leave it out to waive all of it',
        da: 'skal være mere end nul og højst gebyret, i dets valuta; udelad det for at eftergive det hele',
      },
      { field, extra: { fee } },
    );
  }
}

/** 409 `booking.teacher_unavailable`: outside the teacher's working hours, or in time off. */
export class TeacherUnavailable extends Conflict {
  constructor(alternatives: readonly FreeTime[] = []) {
    super(
      'booking.teacher_unavailable',
      {
        en: 'The teacher does not work at that time. Choose one of the free times.',
        da: 'Kørelæreren arbejder ikke på det tidspunkt. Vælg en af de ledige tider.',
      },
      { field: 'startsAt', extra: { alternatives } },
    );
  }
}

/** 409 `booking.student_not_active`: paused, finished or left. */
export class StudentMayNotBook extends Conflict {
  constructor() {
    super('booking.student_not_active', {
      en: 'The student cannot book this lesson at present. The office can see and change the student’s status.',
      da: 'Eleven kan ikke booke denne lektion i øjeblikket. Kontoret kan se og ændre elevens status.',
    });
  }
}

/** 403 `booking.not_your_lesson`: only the lesson's own teacher or the office says how it went. */
export class NotYourLesson extends Forbidden {
  constructor() {
    super('booking.not_your_lesson', {
      en: 'Only the teacher of the lesson or the office may do this. Ask one of them.',
      da: 'Kun lektionens kørelærer eller kontoret kan gøre dette. Spørg en af dem.',
    });
  }
}

/** 403 `booking.staff_only`: the lesson type is booked by the school. */
export class StaffBooksThis extends Forbidden {
  constructor() {
    super('booking.staff_only', {
      en: 'Lessons of this kind are booked by the school. Ask it for a time.',
      da: 'Denne slags lektioner bookes af køreskolen. Bed den om en tid.',
    });
  }
}

/** 403 `booking.staff_hold`: a time is held by staff, or by booking what is paid first. */
export class StaffHoldsTimes extends Forbidden {
  constructor() {
    super(
      'booking.staff_hold',
      {
        en: 'Only the school’s staff hold times. Leave out `hold` and book the lesson.',
        da: 'Kun skolens personale reserverer tider. Udelad `hold`, og book lektionen.',
      },
      { field: 'hold' },
    );
  }
}

/** 404 `booking.not_found`: no such booking here, or not one the caller may see. */
export class BookingNotFound extends NotFound {
  constructor() {
    super('booking.not_found', {
      en: 'There is no such booking. List the bookings of the day to see which there are.',
      da: 'Bookingen findes ikke. Hent listen over dagens bookinger for at se, hvilke der er.',
    });
  }
}

export type NamedResource = 'teacherId' | 'vehicleId' | 'trailerId' | 'facilityId' | 'locationId';

/** 422 `booking.unknown_reference`: something that the request names is not one of the school's that can be booked. */
export class UnknownReference extends Unprocessable {
  constructor(field: NamedResource | 'studentId' | 'lessonTypeId') {
    super(
      'booking.unknown_reference',
      {
        en: 'The school has none with this id that fits the lesson. List what it has, and choose one that is active.',
        da: 'Skolen har ingen med dette id, der passer til lektionen. Hent listen, og vælg en, der er aktiv.',
      },
      { field },
    );
  }
}

/** 422 `booking.student_required`: staff say whom they book for. */
export class StudentRequired extends Unprocessable {
  constructor() {
    super(
      'booking.student_required',
      { en: 'Say which student the lesson is for.', da: 'Angiv hvilken elev lektionen er til.' },
      { field: 'studentId' },
    );
  }
}

/** 422 `booking.off_grid`: lessons start on a quarter hour. */
export class OffGrid extends Unprocessable {
  constructor(field = 'startsAt') {
    super(
      'booking.off_grid',
      {
        en: 'Lessons start on a quarter hour. Choose one, such as 10:15.',
        da: 'Lektioner begynder på et helt kvarter. Vælg et, for eksempel 10:15.',
      },
      { field },
    );
  }
}

/** 422 `booking.in_the_past`. */
export class InThePast extends Unprocessable {
  constructor(field = 'startsAt') {
    super(
      'booking.in_the_past',
      { en: 'That time has passed. Choose a later one.', da: 'Tidspunktet er passeret. Vælg et senere.' },
      { field },
    );
  }
}

/** 422 `booking.too_far_ahead`: beyond the horizon of the diary. */
export class TooFarAhead extends Unprocessable {
  constructor(field = 'startsAt') {
    super(
      'booking.too_far_ahead',
      {
        en: 'That time is too far ahead to be booked. Choose an earlier one.',
        da: 'Tidspunktet ligger for langt ude i fremtiden. Vælg et tidligere.',
      },
      { field },
    );
  }
}

/** 422 `booking.range_invalid`: the dates are the wrong way round, or more of them than one answer covers. */
export class RangeInvalid extends Unprocessable {
  constructor(maximumDays: number) {
    super(
      'booking.range_invalid',
      {
        en: `"until" must be after "from", and at most ${maximumDays} days later.`,
        da: `"until" skal ligge efter "from" og højst ${maximumDays} dage senere.`,
      },
      { field: 'until' },
    );
  }
}
