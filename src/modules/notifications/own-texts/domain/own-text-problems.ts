import { type FieldProblem, NotFound, Unprocessable } from '../../../../platform/http/problem.js';

/** 422 `message_text.invalid`: the words cannot be sent; each part is named with what is wrong with it. */
export class InvalidMessageText extends Unprocessable {
  override readonly fields: readonly FieldProblem[];

  constructor(fields: readonly FieldProblem[] = []) {
    super('message_text.invalid', {
      en: 'The text could not be sent like that, and nothing was saved. Mend the parts named in errors.',
      da: 'Teksten kan ikke sendes sådan, og intet er gemt. Ret de dele, der er nævnt i errors.',
    });
    this.fields = fields;
  }
}

/** 404 `message_text.not_own`: the school uses the standard text. */
export class NoOwnText extends NotFound {
  constructor() {
    super('message_text.not_own', {
      en: 'The school has no text of its own here: the standard text is in use already.',
      da: 'Skolen har ingen egen tekst her: standardteksten bruges allerede.',
    });
  }
}
