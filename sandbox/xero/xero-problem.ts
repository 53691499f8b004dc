import { Refusal } from '../http/refusal.js';
import type { VendorAnswer } from '../http/vendor-call.js';

/** Thrown to refuse as Xero refuses what does not hold. */
export class XeroInvalid extends Refusal {
  constructor(message: string) {
    const Elements = [{ ValidationErrors: [{ Message: message }] }];
    super(400, { ErrorNumber: 10, Type: 'ValidationException', Message: 'A validation exception occurred', Elements });
  }
}

export class XeroMissing extends Refusal {
  constructor() {
    super(404, { Title: 'The resource you are looking for cannot be found', Detail: 'The resource cannot be found' });
  }
}

/** What has nothing to do with the books: no access, too much at once, an error of Xero's own. */
export function xeroFailure(status: number, message: string, retryAfter = 3): VendorAnswer {
  const headers = { 'retry-after': String(retryAfter), 'x-rate-limit-problem': 'minute' };
  return { status, body: { Status: status, Title: message, Detail: message }, ...(status === 429 ? { headers } : {}) };
}
