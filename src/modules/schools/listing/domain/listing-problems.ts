import { NotFound, Unprocessable } from '../../../../platform/http/problem.js';

/** 422 `listing.website_not_allowed`. */
export class WebsiteNotAllowed extends Unprocessable {
  constructor() {
    super(
      'listing.website_not_allowed',
      { en: 'must be an address such as https://example.dk', da: 'skal være en adresse som https://example.dk' },
      { field: 'website' },
    );
  }
}

/** 404 `listing.not_found`: not listed with whoever asks, or no such school. */
export class ListedSchoolNotFound extends NotFound {
  constructor() {
    super('listing.not_found', {
      en: 'No such school is listed with you. Read the changes since your last cursor.',
      da: 'Ingen sådan skole er opført hos jer. Hent ændringerne siden jeres seneste cursor.',
    });
  }
}
