import { Problem } from '../problem.js';

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
