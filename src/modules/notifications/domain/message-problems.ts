import { NotFound } from '../../../platform/http/problem.js';

/** There is no such message for this reader: it is another school's, or another person's. */
export class MessageNotFound extends NotFound {
  constructor() {
    super('message.not_found', {
      en: 'There is no such message. List the messages to see which there are.',
      da: 'Beskeden findes ikke. Hent listen over beskeder for at se, hvilke der er.',
    });
  }
}

/** Nothing is known against writing to whom the message is for. */
export class NoObstacle extends NotFound {
  constructor() {
    super('message.no_obstacle', {
      en: 'Nothing keeps messages from this address. If one did not arrive, read its reason.',
      da: 'Intet forhindrer beskeder til denne adresse. Hvis en besked ikke kom frem, så læs dens årsag.',
    });
  }
}
