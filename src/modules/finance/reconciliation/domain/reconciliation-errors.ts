import { Conflict, NotFound } from '../../../../platform/http/problem.js';

export class DifferenceNotFound extends NotFound {
  constructor() {
    super('gateway_difference.not_found', {
      en: 'There is no such difference. List the differences to see which there are.',
      da: 'Differencen findes ikke. Hent listen over differencer for at se, hvilke der er.',
    });
  }
}

export class DifferenceSettled extends Conflict {
  constructor() {
    super('gateway_difference.settled', {
      en: 'The difference has been settled already. List the differences to see how.',
      da: 'Differencen er allerede afsluttet. Hent listen over differencer for at se hvordan.',
    });
  }
}
