import { Conflict, Unprocessable } from '../../../platform/http/problem.js';

/** 409 `theory.not_enabled`: the school does not use the theory platform. */
export class TheoryNotEnabled extends Conflict {
  constructor() {
    super('theory.not_enabled', {
      en: 'The school does not use a theory platform. Turn it on in the theory settings first.',
      da: 'Køreskolen bruger ikke en teoriplatform. Slå den til i indstillingerne for teori først.',
    });
  }
}

/** 409 `theory.not_available`: no theory platform is set up in this installation. */
export class TheoryNotAvailable extends Conflict {
  constructor() {
    super('theory.not_available', {
      en: 'No theory platform is connected here. Whoever runs the system sets it up.',
      da: 'Der er ikke tilsluttet en teoriplatform her. Den, der driver systemet, sætter den op.',
    });
  }
}

/** 422 `theory.account_needed`: nobody can be linked without the school's account at the platform. */
export class TheoryAccountNeeded extends Unprocessable {
  constructor() {
    super(
      'theory.account_needed',
      {
        en: 'Give the school’s account number at the theory platform to turn it on.',
        da: 'Angiv køreskolens kontonummer på teoriplatformen for at slå den til.',
      },
      { field: 'accountNumber' },
    );
  }
}

/** 409 `theory.account_taken`: an account belongs to one school. */
export class TheoryAccountTaken extends Conflict {
  constructor() {
    super(
      'theory.account_taken',
      {
        en: 'Another school uses this account. Check the number at the theory platform.',
        da: 'En anden køreskole bruger denne konto. Kontrollér nummeret på teoriplatformen.',
      },
      { field: 'accountNumber' },
    );
  }
}

/** 409 `theory.student_not_active`: only students who learn here have a place at the platform. */
export class StudentNotLearning extends Conflict {
  constructor() {
    super('theory.student_not_active', {
      en: 'The student is not active. Make him active first, and link him then.',
      da: 'Eleven er ikke aktiv. Gør eleven aktiv først, og tilknyt derefter.',
    });
  }
}
