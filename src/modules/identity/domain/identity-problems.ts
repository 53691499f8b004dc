import {
  Conflict,
  NotFound,
  Problem,
  type Texts,
  Unauthorized,
  Unprocessable,
} from '../../../platform/http/problem.js';
import { passwordWarnings } from './password-texts.js';

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

/** 404 `session.not_found`: none of one's own. */
export class SessionNotFound extends NotFound {
  constructor() {
    super('session.not_found', {
      en: 'You have no such session. List your sessions to see which there are.',
      da: 'Du har ingen sådan session. Hent listen over dine sessioner for at se, hvilke der er.',
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

/** 422 `auth.password_too_guessable`: says what makes it so, and what helps. */
export class PasswordTooGuessable extends Unprocessable {
  constructor(weakness: Texts = passwordWarnings.userInputs) {
    super('auth.password_too_guessable', weakness, { field: 'password' });
  }
}

/** 401 `auth.code_required`: the password is right, and the account has a second factor. */
export class CodeRequired extends Unauthorized {
  constructor() {
    super(
      'auth.code_required',
      {
        en: 'Give the code that your authenticator app shows, or one of your recovery codes, as well.',
        da: 'Angiv også koden, som din godkendelsesapp viser, eller en af dine gendannelseskoder.',
      },
      { field: 'code' },
    );
  }
}

/** 401 `auth.code_wrong`: it is another code's time, or the code has been used. */
export class CodeWrong extends Unauthorized {
  constructor() {
    super('auth.code_wrong', {
      en: 'The code is wrong or has been used. Wait for the next one, and check that the clock of your device is right.',
      da: 'Koden er forkert eller allerede brugt. Vent på den næste, og se efter, om uret på din enhed går rigtigt.',
    });
  }
}

/** 429 `auth.too_many_attempts`: even what is right has to wait. */
export class TooManyAttempts extends Problem {
  readonly status = 429;
  constructor(retryAfterSeconds = 900) {
    const minutes = Math.ceil(retryAfterSeconds / 60);
    super(
      'auth.too_many_attempts',
      {
        en: `Too many attempts. Try again in ${minutes} min, or from a device you have signed in from before.`,
        da: `For mange forsøg. Prøv igen om ${minutes} min eller fra en enhed, du har været logget ind fra før.`,
      },
      { retryAfterSeconds },
    );
  }
}

/** 409 `second_factor.enabled`: one has to be turned off before another is set up. */
export class SecondFactorEnabled extends Conflict {
  constructor() {
    super('second_factor.enabled', {
      en: 'A second factor is in use already. Turn it off first, with your password and a code.',
      da: 'Der er allerede en ekstra godkendelse i brug. Slå den først fra med din adgangskode og en kode.',
    });
  }
}

/** 409 `second_factor.not_enabled`: there is nothing to confirm, renew or turn off. */
export class SecondFactorNotEnabled extends Conflict {
  constructor() {
    super('second_factor.not_enabled', {
      en: 'There is no second factor to do this with. Set one up first.',
      da: 'Der er ingen ekstra godkendelse at gøre dette med. Sæt den først op.',
    });
  }
}

/** 409 `second_factor.own_first`: who demands one has to have one, or he would shut himself out. */
export class OwnSecondFactorFirst extends Conflict {
  constructor() {
    super('second_factor.own_first', {
      en: 'Set up a second factor for yourself first, at /account/second-factor; then demand it from others.',
      da: 'Sæt først ekstra godkendelse op for dig selv på /account/second-factor, og kræv den så af andre.',
    });
  }
}

/** 422 `second_factor.code_wrong`: of somebody signed in. */
export class ConfirmationCodeWrong extends Unprocessable {
  constructor() {
    super(
      'second_factor.code_wrong',
      {
        en: 'The code is wrong or has been used. Wait for the next one.',
        da: 'Koden er forkert eller allerede brugt. Vent på den næste.',
      },
      { field: 'code' },
    );
  }
}

/** 422 `account.password_wrong`: of somebody signed in, who has to prove himself once more. */
export class PasswordWrong extends Unprocessable {
  constructor() {
    super(
      'account.password_wrong',
      {
        en: 'That is not your password. If you have forgotten it, ask for a new one on the sign-in page.',
        da: 'Det er ikke din adgangskode. Har du glemt den, så bed om en ny på login-siden.',
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

/** 404 `partner_key.not_found`. */
export class PartnerKeyNotFound extends NotFound {
  constructor() {
    super('partner_key.not_found', {
      en: 'No partner has such a key. List the partners’ keys to see which there are.',
      da: 'Ingen partner har sådan en nøgle. Hent listen over partneres nøgler for at se, hvilke der er.',
    });
  }
}

/** 404 `support_access.not_found` */
export class SupportAccessNotFound extends NotFound {
  constructor() {
    super('support_access.not_found', {
      en: 'Nobody of the platform has such an access to the school. List them to see which there are.',
      da: 'Ingen fra platformen har en sådan adgang til skolen. Hent listen for at se, hvilke der er.',
    });
  }
}

/** 409 `api_key.ended`: a key that was revoked or has expired gets no other secret. */
export class KeyHasEnded extends Conflict {
  constructor() {
    super('api_key.ended', {
      en: 'The key was revoked or has expired. Make a new one.',
      da: 'Nøglen er tilbagekaldt eller udløbet. Opret en ny.',
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
