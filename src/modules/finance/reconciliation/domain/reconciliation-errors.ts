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

export class DifferenceNotAdoptable extends Conflict {
  constructor() {
    super('gateway_difference.not_adoptable', {
      en: 'This is no refund of a payment of ours that could be taken over. Look at the provider, then dismiss it with a reason.',
      da: 'Det er ikke en refusion af en af vores betalinger, som kan overtages. Se hos udbyderen, og afvis den så med en begrundelse.',
    });
  }
}

export class DifferenceNotPostable extends Conflict {
  constructor() {
    super('gateway_difference.not_postable', {
      en: 'Only a line that nothing of ours explains is posted to an account. Check or dismiss this difference instead.',
      da: 'Kun en linje, som intet hos os forklarer, bogføres på en konto. Kontrollér eller afvis i stedet denne difference.',
    });
  }
}

export class DifferenceToPost extends Conflict {
  constructor() {
    super('gateway_difference.to_post', {
      en: 'Money has moved at the provider by this line. Post it to an account instead of dismissing it.',
      da: 'Der er flyttet penge hos udbyderen med denne linje. Bogfør den på en konto i stedet for at afvise den.',
    });
  }
}
