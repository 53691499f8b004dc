import { Conflict, Forbidden, NotFound, Unprocessable, type FieldProblem } from '../../../platform/http/problem.js';

export class SchoolNotFound extends NotFound {
  constructor() {
    super('school.not_found', { en: 'There is no such school.', da: 'Skolen findes ikke.' });
  }
}

export class TeacherNotFound extends NotFound {
  constructor() {
    super('teacher.not_found', { en: 'There is no such teacher.', da: 'Læreren findes ikke.' });
  }
}

export class VehicleNotFound extends NotFound {
  constructor() {
    super('vehicle.not_found', { en: 'There is no such vehicle.', da: 'Køretøjet findes ikke.' });
  }
}

export class LessonTypeNotFound extends NotFound {
  constructor() {
    super('lesson_type.not_found', { en: 'There is no such lesson type.', da: 'Lektionstypen findes ikke.' });
  }
}

export class TimeOffNotFound extends NotFound {
  constructor() {
    super('time_off.not_found', { en: 'There is no such time off.', da: 'Fraværet findes ikke.' });
  }
}

export class SlugTaken extends Conflict {
  constructor() {
    super(
      'school.slug_taken',
      { en: 'Another school has this short name.', da: 'En anden skole har dette kortnavn.' },
      { field: 'slug' },
    );
  }
}

export class TeacherExists extends Conflict {
  constructor() {
    super(
      'teacher.exists',
      { en: 'This person teaches at the school already.', da: 'Personen er allerede lærer på skolen.' },
      { field: 'email' },
    );
  }
}

export class PlateTaken extends Conflict {
  constructor() {
    super(
      'vehicle.plate_taken',
      {
        en: 'The school has a vehicle with this plate already.',
        da: 'Skolen har allerede et køretøj med denne nummerplade.',
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

/** Names every wrong field of the week. */
export class InvalidWorkingHours extends Unprocessable {
  override readonly fields: readonly FieldProblem[];

  constructor(fields: readonly FieldProblem[]) {
    super('teacher.invalid_working_hours', {
      en: 'The working hours are not a valid week.',
      da: 'Arbejdstiderne er ikke en gyldig uge.',
    });
    this.fields = fields;
  }
}

/** Names every wrong field of the lesson type. */
export class InvalidLessonType extends Unprocessable {
  override readonly fields: readonly FieldProblem[];

  constructor(fields: readonly FieldProblem[]) {
    super('lesson_type.invalid', { en: 'The lesson type is not valid.', da: 'Lektionstypen er ikke gyldig.' });
    this.fields = fields;
  }
}

export class HoursInThePast extends Unprocessable {
  constructor() {
    super(
      'teacher.hours_in_the_past',
      { en: 'must not be before today', da: 'må ikke være før i dag' },
      { field: 'validFrom' },
    );
  }
}

export class InvalidTimeOff extends Unprocessable {
  constructor() {
    super('time_off.invalid', { en: 'must be after the start', da: 'skal være efter starten' }, { field: 'endsAt' });
  }
}

export class NotYourSchedule extends Forbidden {
  constructor() {
    super('schedule.not_yours', { en: 'This is somebody else’s schedule.', da: 'Det er en andens skema.' });
  }
}
