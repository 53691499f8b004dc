import { BadRequest, NotFound, Problem, Unavailable, type FieldProblem, type ProblemOptions } from './problem.js';

/** 400 `request.invalid`: one or more fields of body, query or path are wrong; each is named. */
export class InvalidRequest extends BadRequest {
  override readonly fields: readonly FieldProblem[];

  constructor(fields: readonly FieldProblem[], options: ProblemOptions = {}) {
    super(
      'request.invalid',
      {
        en: 'Some fields are not valid. Mend those named in errors and send the request again.',
        da: 'Nogle felter er ikke gyldige. Ret dem, der er nævnt i errors, og send igen.',
      },
      options,
    );
    this.fields = fields;
  }
}

/** 400 `request.malformed`: the body is not JSON, or not readable at all. */
export class MalformedRequest extends BadRequest {
  constructor() {
    super('request.malformed', {
      en: 'The request could not be read. Send well-formed JSON in UTF-8 with the Content-Type that says so.',
      da: 'Forespørgslen kunne ikke læses. Send velformet JSON i UTF-8 med den Content-Type, der siger det.',
    });
  }
}

/** 400 `request.nested_too_deep`: lists within objects within lists, beyond what any operation takes. */
export class RequestTooDeep extends BadRequest {
  constructor() {
    super('request.nested_too_deep', {
      en: 'The JSON is nested deeper than any operation takes. Compare the body with the API’s description at /docs.',
      da: 'Dit JSON er indlejret dybere, end nogen handling tager imod. Sammenlign indholdet med beskrivelsen på /docs.',
    });
  }
}

/** 414 `request.address_too_long`: path and query together. */
export class AddressTooLong extends Problem {
  readonly status = 414;
  constructor() {
    super('request.address_too_long', {
      en: 'The address is too long. Leave out filters, or ask in several requests.',
      da: 'Adressen er for lang. Udelad filtre, eller spørg i flere forespørgsler.',
    });
  }
}

/** 431 `request.headers_too_large`: too many headers, or too long ones. */
export class HeadersTooLarge extends Problem {
  readonly status = 431;
  constructor() {
    super('request.headers_too_large', {
      en: 'The headers are too many or too long. Send only those that the API describes; often cookies are to blame.',
      da: 'Der er for mange eller for lange headere. Send kun dem, API’et beskriver; ofte er det cookies, der fylder.',
    });
  }
}

/** 404 `resource.not_found`: no such thing, or not for the one who asks; says nothing about which. */
export class ResourceNotFound extends NotFound {
  constructor() {
    super('resource.not_found', {
      en: 'There is nothing here for you. Check the ids in the address, and the school they belong to.',
      da: 'Her er ingenting til dig. Tjek id’erne i adressen, og hvilken skole de hører til.',
    });
  }
}

/** 404 `route.not_found`: no such address. */
export class RouteNotFound extends NotFound {
  constructor() {
    super('route.not_found', {
      en: 'This address does not exist. The API’s addresses are listed at /docs.',
      da: 'Denne adresse findes ikke. API’ets adresser står på /docs.',
    });
  }
}

/** 413 `request.too_large`: more than the route's body limit. */
export class RequestTooLarge extends Problem {
  readonly status = 413;
  constructor() {
    super('request.too_large', {
      en: 'The body is larger than this address takes. Send less at a time.',
      da: 'Indholdet er større, end denne adresse tager imod. Send mindre ad gangen.',
    });
  }
}

/** 408 `request.too_slow`: it did not arrive in time. */
export class RequestTooSlow extends Problem {
  readonly status = 408;
  constructor() {
    super('request.too_slow', {
      en: 'The request took too long to arrive. Check the connection and send it again.',
      da: 'Forespørgslen var for længe undervejs. Tjek forbindelsen, og send den igen.',
    });
  }
}

/** 415 `request.unsupported_media_type`: a Content-Type that the route does not read. */
export class UnsupportedMediaType extends Problem {
  readonly status = 415;
  constructor(accepted: readonly string[] = ['application/json']) {
    super('request.unsupported_media_type', {
      en: `This address does not read that Content-Type. Send ${accepted.join(' or ')}.`,
      da: `Denne adresse læser ikke den Content-Type. Send ${accepted.join(' eller ')}.`,
    });
  }
}

/** 503 `service.busy`: the database refused after every retry. */
export class ServiceBusy extends Unavailable {
  constructor(cause?: unknown) {
    super(
      'service.busy',
      { en: 'The service is busy. Try again in a moment.', da: 'Tjenesten er optaget. Prøv igen om et øjeblik.' },
      { retryAfterSeconds: 1, cause },
    );
  }
}

/** 500 `internal`: our fault; the correlation id finds it in the logs. */
export class InternalProblem extends Problem {
  readonly status = 500;
  constructor(cause: unknown) {
    super(
      'internal',
      {
        en: 'Something went wrong on our side. Try again; if it stays, tell the operator the correlationId.',
        da: 'Noget gik galt hos os. Prøv igen; bliver det ved, så giv driften correlationId.',
      },
      { cause },
    );
  }
}
