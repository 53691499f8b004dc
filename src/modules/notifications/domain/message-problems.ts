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
