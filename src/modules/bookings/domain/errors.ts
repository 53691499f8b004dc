import { Conflict, Forbidden, NotFound, Unprocessable, type Texts } from '../../../platform/http/problem.js';
import type { BookingState } from './booking-state.js';
import type { FreeTime } from './calendar/free-times.js';

/** What can be in the way of a lesson; all that anybody is told about somebody else's time. */
export type BusyKind = 'teacher' | 'student' | 'vehicle';

const busyTexts: Record<BusyKind, Texts> = {
  teacher: {
    en: 'The teacher is busy at that time. Choose one of the alternatives, or another free time.',
    da: 'Kørelæreren er optaget på det tidspunkt. Vælg et af alternativerne eller en anden ledig tid.',
  },
  student: {
    en: 'The student has another lesson at that time. Choose another, or move that one first.',
    da: 'Eleven har en anden lektion på det tidspunkt. Vælg et andet, eller flyt den først.',
  },
  vehicle: {
    en: 'No vehicle is free at that time. Choose one of the alternatives, or another free time.',
    da: 'Der er ingen ledig bil på det tidspunkt. Vælg et af alternativerne eller en anden ledig tid.',
  },
};

/** 409 `booking.slot_taken`: somebody was faster. Says what kind of resource is busy and what is free instead. */
export class SlotTaken extends Conflict {
  constructor(busy: readonly BusyKind[], alternatives: readonly FreeTime[]) {
    const texts = busyTexts[busy[0] ?? 'teacher'];
    super('booking.slot_taken', texts, { field: 'startsAt', extra: { busy, alternatives } });
  }
}

const closedTexts: Record<BookingState, Texts> = {
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

/** 404 `booking.not_found`: no such booking here, or not one the caller may see. */
export class BookingNotFound extends NotFound {
  constructor() {
    super('booking.not_found', {
      en: 'There is no such booking. List the bookings of the day to see which there are.',
      da: 'Bookingen findes ikke. Hent listen over dagens bookinger for at se, hvilke der er.',
    });
  }
}

/** 422 `booking.unknown_reference`: a teacher, student, vehicle or lesson type of the request is not one of the school's that can be booked. */
export class UnknownReference extends Unprocessable {
  constructor(field: 'teacherId' | 'studentId' | 'vehicleId' | 'lessonTypeId') {
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
  constructor() {
    super(
      'booking.off_grid',
      { en: 'Lessons start on a quarter hour.', da: 'Lektioner begynder på et helt kvarter.' },
      { field: 'startsAt' },
    );
  }
}

/** 422 `booking.in_the_past`. */
export class InThePast extends Unprocessable {
  constructor() {
    super(
      'booking.in_the_past',
      { en: 'That time has passed. Choose a later one.', da: 'Tidspunktet er passeret. Vælg et senere.' },
      { field: 'startsAt' },
    );
  }
}

/** 422 `booking.too_far_ahead`: beyond the horizon of the diary. */
export class TooFarAhead extends Unprocessable {
  constructor() {
    super(
      'booking.too_far_ahead',
      {
        en: 'That time is too far ahead to be booked. Choose an earlier one.',
        da: 'Tidspunktet ligger for langt ude i fremtiden. Vælg et tidligere.',
      },
      { field: 'startsAt' },
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
