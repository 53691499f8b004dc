import { randomUUID } from 'node:crypto';
import type { VendorAnswer } from '../http/vendor-call.js';

const NAMES: Record<number, readonly [string, string]> = {
  401: ['UNAUTHORIZED', 'Authentication failed due to invalid authentication credentials.'],
  404: ['RESOURCE_NOT_FOUND', 'The specified resource does not exist.'],
  422: [
    'UNPROCESSABLE_ENTITY',
    'The requested action could not be performed, semantically incorrect, or failed business validation.',
  ],
};

/** Thrown to refuse as PayPal refuses. */
export class PaypalProblem extends Error {
  constructor(
    readonly status: number,
    readonly issue: string,
  ) {
    super(issue);
  }

  toAnswer(): VendorAnswer {
    const [name, message] = NAMES[this.status] ?? ['INTERNAL_SERVER_ERROR', this.issue];
    const details = NAMES[this.status] ? { details: [{ issue: this.issue }] } : {};
    return { status: this.status, body: { name, message, ...details, debug_id: randomUUID().slice(0, 13) } };
  }
}
