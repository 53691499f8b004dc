import { BadRequest, Conflict, NotFound, Unprocessable } from '../../../platform/http/problem.js';

export class StudentNotFound extends NotFound {
  constructor() {
    super('student.not_found', {
      en: 'There is no such student. Search the list of students by name.',
      da: 'Eleven findes ikke. Søg i listen over elever efter navn.',
    });
  }
}

export class DocumentNotFound extends NotFound {
  constructor() {
    super('document.not_found', {
      en: 'The student has no such document. It may have been deleted; read the list again.',
      da: 'Eleven har ikke det dokument. Det kan være slettet; læs listen igen.',
    });
  }
}

export class TooManyDocuments extends Conflict {
  constructor() {
    super('document.too_many', {
      en: 'The student has as many documents as there may be. Delete some that are not needed any more.',
      da: 'Eleven har så mange dokumenter, som der må være. Slet nogle, der ikke længere er brug for.',
    });
  }
}

export class StudentErased extends Conflict {
  constructor() {
    super('student.erased', {
      en: 'This student has been erased. Somebody who comes back is enrolled anew.',
      da: 'Eleven er slettet. Den, der kommer tilbage, oprettes på ny.',
    });
  }
}

export class StudentExists extends Conflict {
  constructor() {
    super(
      'student.exists',
      {
        en: 'This person is a student of the school already. Search the students for the address, and change that one.',
        da: 'Personen er allerede elev på skolen. Søg efter adressen blandt eleverne, og ret den, der findes.',
      },
      { field: 'email' },
    );
  }
}

export class StatusNotAllowed extends Conflict {
  constructor(from: string, to: string) {
    super(
      'student.status_not_allowed',
      {
        en: `A student who is ${from} cannot become ${to}. Choose another status, or leave it out.`,
        da: `En elev med status ${from} kan ikke få status ${to}. Vælg en anden status, eller udelad den.`,
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

/** 400: found students come by what was found, those of a time by their time; another order would mean sorting the school. */
export class SortNotPossible extends BadRequest {
  constructor() {
    super(
      'student.sort_not_possible',
      {
        en: 'cannot be combined with q, and with enrolledFrom and enrolledBefore only as createdAt; leave it out',
        da: 'kan ikke bruges sammen med q, og med enrolledFrom og enrolledBefore kun som createdAt; udelad den',
      },
      { field: 'sort' },
    );
  }
}
