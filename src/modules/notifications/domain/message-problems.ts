import { NotFound } from '../../../platform/http/problem.js';

/** There is no such message for this reader: it is another school's, or another person's. */
export class MessageNotFound extends NotFound {
  constructor() {
    super('message.not_found', { en: 'There is no such message.', da: 'Beskeden findes ikke.' });
  }
}
