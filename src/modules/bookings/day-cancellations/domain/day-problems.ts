import { Conflict, Forbidden, NotFound, Unprocessable } from '../../../../platform/http/problem.js';

/** 404 `day_cancellation.not_found` */
export class DayCancellationNotFound extends NotFound {
  constructor() {
    super('day_cancellation.not_found', {
      en: 'There is no such cancelled day. List the cancelled days to see which there are.',
      da: 'Der er ingen sådan aflyst dag. Hent listen over aflyste dage for at se, hvilke der er.',
    });
  }
}

/** 403 `day_cancellation.not_your_day`: a teacher cancels his own day, the office any. */
export class NotYourDay extends Forbidden {
  constructor() {
    super('day_cancellation.not_your_day', {
      en: 'A teacher cancels his own day alone. Ask the office to cancel others’.',
      da: 'En kørelærer aflyser kun sin egen dag. Bed kontoret om at aflyse andres.',
    });
  }
}

/** 409 `day_cancellation.changed`: the diary is not as the preview showed it. */
export class DayChanged extends Conflict {
  constructor(lessons: number) {
    super(
      'day_cancellation.changed',
      {
        en: 'The lessons of the day have changed since the preview. Look at it again and confirm the new number.',
        da: 'Dagens lektioner er ændret, siden du så dem. Se dem igennem igen, og bekræft det nye antal.',
      },
      { field: 'expectedLessons', extra: { lessons } },
    );
  }
}

/** 422 `day_cancellation.day_over`: nothing of it is left to cancel. */
export class DayOver extends Unprocessable {
  constructor() {
    super('day_cancellation.day_over', {
      en: 'That day is over. Report its lessons as completed or missed instead.',
      da: 'Den dag er forbi. Meld dens lektioner gennemført eller udeblevet i stedet.',
    });
  }
}

/** 422 `day_cancellation.scope_mismatch`: what the scope asks for is named, and nothing else. */
export class ScopeMismatch extends Unprocessable {
  constructor(field: 'teacherId' | 'vehicleId' | 'locationId') {
    super(
      'day_cancellation.scope_mismatch',
      {
        en: 'Name the teacher, vehicle or location that "scope" says, and no other.',
        da: 'Angiv den kørelærer, bil eller lokation, som "scope" siger, og ingen anden.',
      },
      { field },
    );
  }
}

/** 422 `day_cancellation.unknown_reference` */
export class UnknownInDay extends Unprocessable {
  constructor(field: 'vehicleId' | 'locationId') {
    super(
      'day_cancellation.unknown_reference',
      {
        en: 'The school has none with this id. List what it has, and choose one of those.',
        da: 'Skolen har ingen med dette id. Hent listen, og vælg en af dem.',
      },
      { field },
    );
  }
}

/** 422 `day_cancellation.nobody_to_keep_free`: only teachers can be taken out of the diary. */
export class NobodyToKeepFree extends Unprocessable {
  constructor() {
    super(
      'day_cancellation.nobody_to_keep_free',
      {
        en: 'Only the day of a teacher or of the whole school can be kept free. Leave "keepFree" out for a vehicle or location.',
        da: 'Kun en kørelærers eller hele skolens dag kan holdes fri. Udelad "keepFree" for en bil eller lokation.',
      },
      { field: 'keepFree' },
    );
  }
}
