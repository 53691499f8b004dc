import { Forbidden, Unauthorized } from '../http/problem.js';

/** 401 `auth.required`: no token, or one that is wrong, expired or ended. */
export class SignInRequired extends Unauthorized {
  constructor() {
    super('auth.required', {
      en: 'Sign in, and send the access token as Authorization: Bearer …',
      da: 'Log ind, og send adgangstokenet som Authorization: Bearer …',
    });
  }
}

/** 403 `auth.not_allowed`: none of the caller's roles has the permission. */
export class NotAllowed extends Forbidden {
  constructor() {
    super('auth.not_allowed', {
      en: 'None of your roles may do this. Ask an owner of the school to do it, or to give you the role.',
      da: 'Ingen af dine roller må gøre dette. Bed en ejer af skolen gøre det eller give dig rollen.',
    });
  }
}

/** 403 `auth.second_factor_needed`: administrators, and whomever a school demands it of, are what they are only with a second factor. */
export class SecondFactorNeeded extends Forbidden {
  constructor() {
    super('auth.second_factor_needed', {
      en: 'This needs a second factor. Set one up at /account/second-factor, then sign in again.',
      da: 'Dette kræver ekstra godkendelse. Sæt den op på /account/second-factor, og log så ind igen.',
    });
  }
}

/** 403 `auth.scope_missing`: the API key works, but not for this. */
export class ScopeMissing extends Forbidden {
  constructor(scope: string) {
    super(
      'auth.scope_missing',
      {
        en: `This API key does not have the scope ${scope}. Ask an owner of the school for a key that has it.`,
        da: `Denne API-nøgle har ikke adgang til ${scope}. Bed en ejer af skolen om en nøgle, der har.`,
      },
      { extra: { scope } },
    );
  }
}

/** 403 `auth.foreign_origin`: a page of another site tried to use this site's cookie. */
export class ForeignOrigin extends Forbidden {
  constructor() {
    super('auth.foreign_origin', {
      en: 'The request came from another site. Open the page here and send it again.',
      da: 'Forespørgslen kom fra et andet websted. Åbn siden her, og send den igen.',
    });
  }
}
