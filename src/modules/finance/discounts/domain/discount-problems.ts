import { Conflict, NotFound, Unprocessable } from '../../../../platform/http/problem.js';

export class DiscountNotFound extends NotFound {
  constructor() {
    super('discount.not_found', {
      en: 'There is no such discount. List the discounts to see which there are.',
      da: 'Rabatten findes ikke. Hent listen over rabatter for at se, hvilke der er.',
    });
  }
}

export class DiscountCodeUnknown extends Conflict {
  constructor() {
    super(
      'discount.code_unknown',
      {
        en: 'No discount has this code. See whether it is typed as the school wrote it.',
        da: 'Ingen rabat har denne kode. Se efter, om den er skrevet, som skolen skrev den.',
      },
      { field: 'code' },
    );
  }
}

export class DiscountCodeTaken extends Conflict {
  constructor() {
    super(
      'discount.code_taken',
      {
        en: 'Another discount has this code, in capitals or not. Choose another one.',
        da: 'En anden rabat har denne kode, med store eller små bogstaver. Vælg en anden.',
      },
      { field: 'code' },
    );
  }
}

export class DiscountWorthUnclear extends Unprocessable {
  constructor() {
    super(
      'discount.worth_unclear',
      {
        en: 'A discount is a percentage or an amount. Give the one that its kind says, and only that.',
        da: 'En rabat er en procent eller et beløb. Angiv det, dens slags siger, og kun det.',
      },
      { field: 'kind' },
    );
  }
}

export class DiscountNotValid extends Conflict {
  constructor() {
    super('discount.not_valid', {
      en: 'The discount is not given today. Ask the school for its days.',
      da: 'Rabatten gives ikke i dag. Spørg skolen, hvilke dage den gælder.',
    });
  }
}

export class DiscountUsedUp extends Conflict {
  constructor() {
    super('discount.used_up', {
      en: 'The discount has been used as often as it may be. Ask the school for another one.',
      da: 'Rabatten er brugt så mange gange, den må. Spørg skolen efter en anden.',
    });
  }
}

export class DiscountNotForThis extends Conflict {
  constructor() {
    super('discount.not_for_this', {
      en: 'The discount is not given on this charge. Choose one of what it is for.',
      da: 'Rabatten gives ikke på denne post. Vælg en post af den slags, den gælder for.',
    });
  }
}

export class DiscountGivenAlready extends Conflict {
  constructor() {
    super('discount.given_already', {
      en: 'A discount is given on this charge already. The school can take it off again.',
      da: 'Der er allerede givet rabat på posten. Skolen kan tage den af igen.',
    });
  }
}

export class NoDiscountGiven extends Conflict {
  constructor() {
    super('discount.none_given', {
      en: 'No discount is given on this charge. Read the charge to see its price.',
      da: 'Der er ikke givet rabat på posten. Læs posten for at se dens pris.',
    });
  }
}
