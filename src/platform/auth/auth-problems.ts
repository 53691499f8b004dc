import { Forbidden, Unauthorized } from '../http/problem.js';

/** 401 `auth.required`: no token, or one that is wrong, expired or ended. */
export class SignInRequired extends Unauthorized {
  constructor() {
    super('auth.required', { en: 'Sign in first.', da: 'Log ind først.' });
  }
}

/** 403 `auth.not_allowed`: none of the caller's roles has the permission. */
export class NotAllowed extends Forbidden {
  constructor() {
    super('auth.not_allowed', { en: 'You may not do this.', da: 'Det har du ikke lov til.' });
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
      en: 'The request came from another site.',
      da: 'Forespørgslen kom fra et andet websted.',
    });
  }
}
