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
    super('schedule.not_yours', {
      en: 'This is somebody else’s schedule. Ask that teacher or the office.',
      da: 'Det er en andens skema. Spørg den lærer eller kontoret.',
    });
  }
}
