/** A sentence for people in both languages of the API. */
export interface Texts {
  readonly en: string;
  readonly da: string;
}

export interface ProblemOptions {
  /** Members added to the answer beside the standard ones, for example `alternatives`. No personal data. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** The field of the request that is wrong, as a path such as `lines.0.amount`. */
  readonly field?: string;
  /** Seconds after which a repeat makes sense; becomes the `Retry-After` header. */
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/** One wrong field of a request. */
export interface FieldProblem {
  readonly field: string;
  readonly message: Texts;
}

/**
 * A refusal with a meaning: thrown by domain code and use cases, answered as RFC 9457 problem details.
 * Subclass it once per meaning, from the base with the right status; `code` is stable and part of the API.
 */
export abstract class Problem extends Error {
  abstract readonly status: number;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly fields: readonly FieldProblem[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: string,
    readonly texts: Texts,
    options: ProblemOptions = {},
  ) {
    super(texts.en, { cause: options.cause });
    this.name = new.target.name;
    this.extra = options.extra ?? {};
    this.fields = options.field ? [{ field: options.field, message: texts }] : [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** 400: the request itself is malformed. */
export abstract class BadRequest extends Problem {
  readonly status = 400;
}

/** 401: nobody, or nobody we know, is asking. */
export abstract class Unauthorized extends Problem {
  readonly status = 401;
}

/** 402: allowed to, once somebody has paid. */
export abstract class PaymentRequired extends Problem {
  readonly status = 402;
}

/** 403: known, but not allowed to. */
export abstract class Forbidden extends Problem {
  readonly status = 403;
}

/** 404: it does not exist, or not for the one who asks. */
export abstract class NotFound extends Problem {
  readonly status = 404;
}

/** 409: right request, but the state of things is against it. */
export abstract class Conflict extends Problem {
  readonly status = 409;
}

/** 422: well formed, but a rule of the business forbids it whatever the state. */
export abstract class Unprocessable extends Problem {
  readonly status = 422;
}

/** 503: not now; a repeat may work. */
export abstract class Unavailable extends Problem {
  readonly status = 503;
}
