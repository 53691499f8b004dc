import { NotFound, Unprocessable } from '../../../../platform/http/problem.js';

export class LogoNotFound extends NotFound {
  constructor() {
    super('school.no_logo', {
      en: 'The school has no logo. Upload one.',
      da: 'Skolen har intet logo. Upload et.',
    });
  }
}

export class InvalidLogo extends Unprocessable {
  constructor() {
    super('school.invalid_logo', {
      en: 'The image is damaged, has more than 1,200 pixels on a side, or is of a kind that cannot be printed. Save it again as a plain PNG (8 bits, not interlaced) or JPEG, and no larger.',
      da: 'Billedet er beskadiget, har mere end 1.200 pixels på en led, eller er af en slags, der ikke kan trykkes. Gem det igen som almindelig PNG (8 bit, ikke interlaced) eller JPEG, og ikke større.',
    });
  }
}
