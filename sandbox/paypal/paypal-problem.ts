import { randomUUID } from 'node:crypto';
import { Refusal } from '../http/refusal.js';

const NAMES: Record<number, readonly [string, string]> = {
  401: ['UNAUTHORIZED', 'Authentication failed due to invalid authentication credentials.'],
  404: ['RESOURCE_NOT_FOUND', 'The specified resource does not exist.'],
  422: [
    'UNPROCESSABLE_ENTITY',
    'The requested action could not be performed, semantically incorrect, or failed business validation.',
  ],
};

/** Thrown to refuse as PayPal refuses. */
export class PaypalProblem extends Refusal {
  constructor(status: number, issue: string) {
    const [name, message] = NAMES[status] ?? ['INTERNAL_SERVER_ERROR', issue];
    const details = NAMES[status] ? { details: [{ issue }] } : {};
    super(status, { name, message, ...details, debug_id: randomUUID().slice(0, 13) }, issue);
  }
}
