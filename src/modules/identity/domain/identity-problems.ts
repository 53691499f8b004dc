import { NotFound, Unauthorized, Unprocessable } from '../../../platform/http/problem.js';

/** 401 `auth.invalid_credentials`: does not say whether the address is known. */
export class InvalidCredentials extends Unauthorized {
  constructor() {
    super('auth.invalid_credentials', {
      en: 'E-mail or password is wrong. Try again, or ask for a new password.',
      da: 'E-mail eller adgangskode er forkert. Prøv igen, eller bed om en ny adgangskode.',
    });
  }
}

/** 401 `auth.session_ended`: the refresh token is unknown, used before, or its session is over. */
export class SessionEnded extends Unauthorized {
  constructor() {
    super('auth.session_ended', {
      en: 'The session has ended. Sign in again.',
      da: 'Sessionen er slut. Log ind igen.',
    });
  }
}

/** 422 `auth.link_expired`: an invitation or reset link that is unknown, used or too old. */
export class LinkExpired extends Unprocessable {
  constructor() {
    super('auth.link_expired', {
      en: 'The link is no longer valid. Ask for a new one.',
      da: 'Linket gælder ikke længere. Bed om et nyt.',
    });
  }
}

/** 422 `auth.password_too_guessable`: it is the person's own name or address. */
export class PasswordTooGuessable extends Unprocessable {
  constructor() {
    super(
      'auth.password_too_guessable',
      {
        en: 'Choose a password that is not your name or e-mail.',
        da: 'Vælg en adgangskode, der ikke er dit navn eller din e-mail.',
      },
      { field: 'password' },
    );
  }
}

/** 404 `api_key.not_found`. */
export class ApiKeyNotFound extends NotFound {
  constructor() {
    super('api_key.not_found', {
      en: 'The school has no such API key. List its keys to see which there are.',
      da: 'Skolen har ingen sådan API-nøgle. Hent listen over nøgler for at se, hvilke der er.',
    });
  }
}

/** 422 `api_key.expiry_in_the_past`: it would never work. */
export class ExpiryInThePast extends Unprocessable {
  constructor() {
    super(
      'api_key.expiry_in_the_past',
      { en: 'Choose an expiry in the future.', da: 'Vælg et udløb i fremtiden.' },
      { field: 'expiresAt' },
    );
  }
}
