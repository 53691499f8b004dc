import { randomUUID } from 'node:crypto';
import { Refusal } from '../http/refusal.js';

/** Thrown to refuse as Vipps MobilePay refuses. */
export class VippsProblem extends Refusal {
  constructor(status: number, title: string) {
    super(status, { type: `https://httpstatuses.io/${status}`, title, status, traceId: randomUUID() }, title);
  }
}
