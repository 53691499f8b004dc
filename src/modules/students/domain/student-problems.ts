import { Conflict, NotFound, Unprocessable } from '../../../platform/http/problem.js';

export class StudentNotFound extends NotFound {
  constructor() {
    super('student.not_found', { en: 'There is no such student.', da: 'Eleven findes ikke.' });
  }
}

export class StudentExists extends Conflict {
  constructor() {
    super(
      'student.exists',
      { en: 'This person is a student of the school already.', da: 'Personen er allerede elev på skolen.' },
      { field: 'email' },
    );
  }
}

export class StatusNotAllowed extends Conflict {
  constructor(from: string, to: string) {
    super(
      'student.status_not_allowed',
      {
        en: `A student who is ${from} cannot become ${to}.`,
        da: `En elev med status ${from} kan ikke få status ${to}.`,
      },
      { field: 'status' },
    );
  }
}

export class InvalidBirthDate extends Unprocessable {
  constructor() {
    super(
      'student.invalid_birth_date',
      { en: 'must be in the past', da: 'skal være i fortiden' },
      { field: 'birthDate' },
    );
  }
}
