import { Conflict, NotFound, Unprocessable } from '../../../platform/http/problem.js';

/** 404 `guardian.not_found` */
export class GuardianNotFound extends NotFound {
  constructor() {
    super('guardian.not_found', {
      en: 'The student has no such guardian. List the student’s guardians to see who there is.',
      da: 'Eleven har ikke den værge. Se listen over elevens værger.',
    });
  }
}

/** 409 `guardian.exists` */
export class GuardianExists extends Conflict {
  constructor() {
    super(
      'guardian.exists',
      {
        en: 'This person is the student’s guardian already. There is nothing more to do.',
        da: 'Personen er allerede elevens værge. Der er ikke mere at gøre.',
      },
      { field: 'email' },
    );
  }
}

/** 422 `guardian.student_of_age`: also when the birth date is not known. */
export class StudentOfAge extends Unprocessable {
  constructor() {
    super('guardian.student_of_age', {
      en: 'Only a student under 18 has guardians. Check the student’s birth date, and fill it in if it is missing.',
      da: 'Kun elever under 18 år har værger. Kontrollér elevens fødselsdato, og udfyld den, hvis den mangler.',
    });
  }
}

/** 422 `guardian.of_himself` */
export class GuardianOfHimself extends Unprocessable {
  constructor() {
    super(
      'guardian.of_himself',
      {
        en: 'is the student’s own address: give the guardian’s',
        da: 'er elevens egen adresse: angiv værgens',
      },
      { field: 'email' },
    );
  }
}
