import { NotFound } from '../../../../platform/http/problem.js';

export class InboxItemNotFound extends NotFound {
  constructor() {
    super('inbox_item.not_found', {
      en: 'There is nothing of that id in your inbox.',
      da: 'Der er intet med det id i din indbakke.',
    });
  }
}
