import { Refusal } from '../http/refusal.js';

export interface StripeErrorBody {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  message: string;
  code?: string;
  decline_code?: string;
  param?: string;
  charge?: string;
  payment_intent?: object;
}

/** Thrown by an operation to refuse as Stripe refuses. */
export class StripeRefusal extends Refusal {
  constructor(status: number, error: StripeErrorBody) {
    super(status, { error }, error.message);
  }

  /** A parameter is missing or wrong (400). */
  static invalid(message: string, param?: string, code?: string): StripeRefusal {
    return new StripeRefusal(400, {
      type: 'invalid_request_error',
      message,
      ...(param ? { param } : {}),
      ...(code ? { code } : {}),
    });
  }

  static missing(param: string): StripeRefusal {
    return StripeRefusal.invalid(`Missing required param: ${param}.`, param, 'parameter_missing');
  }

  /** No such object (404). */
  static unknown(object: string, id: string, param = 'id'): StripeRefusal {
    return new StripeRefusal(404, {
      type: 'invalid_request_error',
      code: 'resource_missing',
      message: `No such ${object}: '${id}'`,
      param,
    });
  }
}
