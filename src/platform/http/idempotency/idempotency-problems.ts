import { Conflict, Unprocessable } from '../problem.js';

/** 409 `idempotency.in_flight`: the first request with this key has not been answered yet. */
export class RequestInFlight extends Conflict {
  constructor(cause: unknown) {
    super(
      'idempotency.in_flight',
      {
        en: 'The first request with this Idempotency-Key is still at work. Ask again in a moment.',
        da: 'Den første forespørgsel med denne Idempotency-Key er stadig i gang. Spørg igen om et øjeblik.',
      },
      { retryAfterSeconds: 1, cause },
    );
  }
}

/** 422 `idempotency.key_reused`: the key belongs to a request with another path or body. */
export class KeyReused extends Unprocessable {
  constructor() {
    super('idempotency.key_reused', {
      en: 'This Idempotency-Key has been used for another request. Choose a new key for a new request.',
      da: 'Denne Idempotency-Key er brugt til en anden forespørgsel. Vælg en ny nøgle til en ny forespørgsel.',
    });
  }
}
