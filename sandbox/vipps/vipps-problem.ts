import { randomUUID } from 'node:crypto';
import type { VendorAnswer } from '../http/vendor-call.js';

/** Thrown to refuse as Vipps MobilePay refuses. */
export class VippsProblem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
  ) {
    super(title);
  }

  toAnswer(): VendorAnswer {
    const { status, title } = this;
    return { status, body: { type: `https://httpstatuses.io/${status}`, title, status, traceId: randomUUID() } };
  }
}
