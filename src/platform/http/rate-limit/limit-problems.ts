import { Problem, Unavailable } from '../problem.js';

/** 429 `request.too_many`: more requests than one caller, address or route takes in its window. */
export class TooManyRequests extends Problem {
  readonly status = 429;
  constructor(retryAfterSeconds: number) {
    super(
      'request.too_many',
      {
        en: `Too many requests. Try again in ${retryAfterSeconds} s; the RateLimit headers say how many are left.`,
        da: `For mange forespørgsler. Prøv igen om ${retryAfterSeconds} s; RateLimit-headerne siger, hvor mange der er tilbage.`,
      },
      { retryAfterSeconds },
    );
  }
}

/** 503 `request.uncounted`: what may be tried only so often cannot be counted, so it is not done. */
export class Uncounted extends Unavailable {
  constructor(cause?: unknown) {
    super(
      'request.uncounted',
      {
        en: 'What may be tried only so often cannot be counted at the moment, so it was not done. Who is signed in stays so. Send the same again in half a minute.',
        da: 'Det, der kun må prøves et vist antal gange, kan ikke tælles lige nu, så det er ikke gjort. Den, der er logget ind, er det stadig. Send det samme igen om et halvt minut.',
      },
      { retryAfterSeconds: 30, cause },
    );
  }
}
