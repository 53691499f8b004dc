import { Conflict, Forbidden, NotFound, Unprocessable, type FieldProblem } from '../../../platform/http/problem.js';

export class SchoolNotFound extends NotFound {
  constructor() {
    super('school.not_found', {
      en: 'There is no such school. List the schools to see which there are.',
      da: 'Skolen findes ikke. Hent listen over skoler for at se, hvilke der er.',
    });
  }
}

export class TeacherNotFound extends NotFound {
  constructor() {
    super('teacher.not_found', {
      en: 'There is no such teacher. List the teachers to see which there are.',
      da: 'Læreren findes ikke. Hent listen over lærere for at se, hvilke der er.',
    });
  }
}

export class VehicleNotFound extends NotFound {
  constructor() {
    super('vehicle.not_found', {
      en: 'There is no such vehicle. List the vehicles to see which there are.',
      da: 'Køretøjet findes ikke. Hent listen over køretøjer for at se, hvilke der er.',
    });
  }
}

export class LocationNotFound extends NotFound {
  constructor() {
    super('location.not_found', {
      en: 'There is no such location. List the locations to see which there are.',
      da: 'Stedet findes ikke. Hent listen over steder for at se, hvilke der er.',
    });
  }
}

export class FacilityNotFound extends NotFound {
  constructor() {
    super('facility.not_found', {
      en: 'There is no such facility. List the facilities to see which there are.',
      da: 'Anlægget findes ikke. Hent listen over anlæg for at se, hvilke der er.',
    });
  }
}

/** 422 `location.unknown`: a field names a location that the school does not have. */
export class UnknownLocation extends Unprocessable {
  constructor(field: string) {
    super(
      'location.unknown',
      {
        en: 'must be one of the school’s locations: list them and choose one',
        da: 'skal være et af skolens steder: hent listen og vælg et',
      },
      { field },
    );
  }
}

export class LessonTypeNotFound extends NotFound {
  constructor() {
    super('lesson_type.not_found', {
      en: 'There is no such lesson type. List the lesson types to see which there are.',
      da: 'Lektionstypen findes ikke. Hent listen over lektionstyper for at se, hvilke der er.',
    });
  }
}

export class TimeOffNotFound extends NotFound {
  constructor() {
    super('time_off.not_found', {
      en: 'There is no such time off. List the teacher’s time off to see what there is.',
      da: 'Fraværet findes ikke. Hent listen over lærerens fravær for at se, hvad der er.',
    });
  }
}

export class DayHoursNotFound extends NotFound {
  constructor() {
    super('day_hours.not_found', {
      en: 'There are no such hours of a single date. List the teacher’s dates to see which there are.',
      da: 'Der er ingen særlige timer for den dato. Hent listen over lærerens datoer for at se, hvilke der er.',
    });
  }
}

export class ClosingDayNotFound extends NotFound {
  constructor() {
    super('closing_day.not_found', {
      en: 'There is no such closing day. List the closing days to see which there are.',
      da: 'Lukkedagen findes ikke. Hent listen over lukkedage for at se, hvilke der er.',
    });
  }
}

export class TeacherCalendarNotFound extends NotFound {
  constructor() {
    super('teacher_calendar.not_found', {
      en: 'There is no such calendar. List the teacher’s calendars to see which there are.',
      da: 'Kalenderen findes ikke. Hent listen over lærerens kalendere for at se, hvilke der er.',
    });
  }
}

/** 422 `teacher_calendar.address_refused`: not a public server's address. */
export class CalendarAddressRefused extends Unprocessable {
  constructor() {
    super(
      'teacher_calendar.address_refused',
      {
        en: 'must be the https address of a calendar on the internet, without a login in it',
        da: 'skal være https-adressen på en kalender på internettet, uden login i',
      },
      { field: 'url' },
    );
  }
}

/** 409 `teacher_calendar.too_many`. */
export class TooManyCalendars extends Conflict {
  constructor(most: number) {
    super('teacher_calendar.too_many', {
      en: `A teacher has at most ${most} calendars. Remove one first.`,
      da: `En lærer har højst ${most} kalendere. Fjern en først.`,
    });
  }
}

/** 422 `closing_day.listed_twice`: two names for one date. */
export class ClosingDayTwice extends Unprocessable {
  constructor(index: number) {
    super(
      'closing_day.listed_twice',
      { en: 'is listed twice: keep one of the two', da: 'står der to gange: behold den ene' },
      { field: `days.${index}.date` },
    );
  }
}

/** 409 `time_off.from_calendar`: the next reading of the calendar would bring it back. */
export class TimeOffFromCalendar extends Conflict {
  constructor() {
    super('time_off.from_calendar', {
      en: 'This time comes from the teacher’s own calendar. Change it there, or remove the calendar.',
      da: 'Tiden kommer fra lærerens egen kalender. Ret den dér, eller fjern kalenderen.',
    });
  }
}

export class SlugTaken extends Conflict {
  constructor() {
    super(
      'school.slug_taken',
      {
        en: 'Another school has this short name. Choose another, for example with the town in it.',
        da: 'En anden skole har dette kortnavn. Vælg et andet, for eksempel med byen i.',
      },
      { field: 'slug' },
    );
  }
}

export class TeacherExists extends Conflict {
  constructor() {
    super(
      'teacher.exists',
      {
        en: 'This person teaches at the school already. Change that teacher, or activate him again.',
        da: 'Personen er allerede lærer på skolen. Ret den lærer, eller aktivér ham igen.',
      },
      { field: 'email' },
    );
  }
}

export class PlateTaken extends Conflict {
  constructor() {
    super(
      'vehicle.plate_taken',
      {
        en: 'The school has a vehicle with this plate already. Change that one, or put it back into use.',
        da: 'Skolen har allerede et køretøj med denne nummerplade. Ret det, eller tag det i brug igen.',
      },
      { field: 'plate' },
    );
  }
}

export class InvalidCvr extends Unprocessable {
  constructor() {
    super(
      'school.invalid_cvr',
      {
        en: 'must be a CVR number: eight digits with a valid check digit',
        da: 'skal være et CVR-nummer: otte cifre med gyldig kontrol',
      },
      { field: 'cvr' },
    );
  }
}

export class InvalidSlug extends Unprocessable {
  constructor() {
    super(
      'school.invalid_slug',
      {
        en: 'must be lower-case letters, digits and single dashes',
        da: 'skal være små bogstaver, cifre og enkelte bindestreger',
      },
      { field: 'slug' },
    );
  }
}

export class InvalidPlate extends Unprocessable {
  constructor() {
    super(
      'vehicle.invalid_plate',
      { en: 'must be a Danish number plate such as AB 12 345', da: 'skal være en dansk nummerplade som AB 12 345' },
      { field: 'plate' },
    );
  }
}

/** 422 `vehicle.invalid`: what drives has a gearbox, what it pulls has none. */
export class InvalidVehicle extends Unprocessable {
  constructor(kind: 'vehicle' | 'trailer') {
    const texts = {
      vehicle: { en: 'must be given: a vehicle has a gearbox', da: 'skal angives: et køretøj har en gearkasse' },
      trailer: {
        en: 'must be left out: a trailer has no gearbox',
        da: 'skal udelades: en trailer har ingen gearkasse',
      },
    };
    super('vehicle.invalid', texts[kind], { field: 'gearbox' });
  }
}

/** Names every wrong field of the week. */
export class InvalidWorkingHours extends Unprocessable {
  override readonly fields: readonly FieldProblem[];

  constructor(fields: readonly FieldProblem[]) {
    super('teacher.invalid_working_hours', {
      en: 'The working hours are not a valid week. Mend the fields named below.',
      da: 'Arbejdstiderne er ikke en gyldig uge. Ret felterne nævnt nedenfor.',
    });
    this.fields = fields;
  }
}

/** Names every wrong way. */
export class InvalidTravelTimes extends Unprocessable {
  override readonly fields: readonly FieldProblem[];

  constructor(fields: readonly FieldProblem[]) {
    super('location.invalid_travel_times', {
      en: 'The travel times are not valid. Mend the fields named below.',
      da: 'Køretiderne er ikke gyldige. Ret felterne nævnt nedenfor.',
    });
    this.fields = fields;
  }
}

/** Names every wrong field of the lesson type. */
export class InvalidLessonType extends Unprocessable {
  override readonly fields: readonly FieldProblem[];

  constructor(fields: readonly FieldProblem[]) {
    super('lesson_type.invalid', {
      en: 'The lesson type is not valid. Mend the fields named below.',
      da: 'Lektionstypen er ikke gyldig. Ret felterne nævnt nedenfor.',
    });
    this.fields = fields;
  }
}

export class HoursInThePast extends Unprocessable {
  constructor(field = 'validFrom') {
    super('teacher.hours_in_the_past', { en: 'must not be before today', da: 'må ikke være før i dag' }, { field });
  }
}

export class InvalidTimeOff extends Unprocessable {
  constructor() {
    super('time_off.invalid', { en: 'must be after the start', da: 'skal være efter starten' }, { field: 'endsAt' });
  }
}

export class NotYourSchedule extends Forbidden {
  constructor() {
    super('schedule.not_yours', {
      en: 'This is somebody else’s schedule. Ask that teacher or the office.',
      da: 'Det er en andens skema. Spørg den lærer eller kontoret.',
    });
  }
}
