import type { Id } from '../../src/platform/values/id.js';
import type { Invoiced, Till } from '../e2e/till.js';

/** What was answered before the process died; an answer that never came is not here. */
export interface Acknowledged {
  readonly invoices: Set<Id>;
  readonly checkouts: Map<Id, string>;
  readonly refunds: Map<Id, Id>;
  readonly creditNotes: Set<Id>;
}

/** Somebody who pays, and an office that gives back and credits, through one process which may die at any moment. */
export class MoneyClient {
  readonly acknowledged: Acknowledged = {
    invoices: new Set(),
    checkouts: new Map(),
    refunds: new Map(),
    creditNotes: new Set(),
  };
  /** How many requests were answered, whatever with. */
  answered = 0;
  /** Checkouts whose customer has paid at the gateway. */
  readonly paidAtGateway = new Set<string>();
  /** Requests whose process died before it answered. */
  unanswered = 0;

  constructor(
    private readonly till: Till,
    private readonly tokens: { readonly owner: string },
  ) {}

  /** One story from the invoice to the money given back; ends where the process does. */
  async story(url: string, { studentId }: Pick<Invoiced, 'studentId'>, { credits }: { credits: boolean }) {
    const gross = { amount: 65_000, currency: 'DKK' };
    const charge = { studentId, description: 'Kørelektion', gross, vatRateBp: 2500 };
    if (!(await this.post(url, '/charges', charge))) return;
    const invoice = await this.post(url, '/invoices', { studentId });
    if (!invoice) return;
    this.acknowledged.invoices.add(invoice.id);
    const opened = await this.post(url, `/invoices/${invoice.id}/checkout`);
    if (!opened) return;
    this.acknowledged.checkouts.set(opened.paymentId, opened.url);
    await this.till.test.sandbox.stripe.pay(this.till.sessionAt(opened.url), '4242424242424242');
    this.paidAtGateway.add(opened.paymentId);
    if (credits) {
      const note = await this.post(url, `/invoices/${invoice.id}/credit-notes`, {});
      if (note) this.acknowledged.creditNotes.add(note.id);
    }
    const refund = await this.post(url, `/payments/${opened.paymentId}/refunds`, { reason: 'aflyst' });
    if (refund) this.acknowledged.refunds.set(refund.id, opened.paymentId);
  }

  /** @returns nothing when there was no answer, or a refusal that another's success explains */
  private async post(url: string, path: string, body?: object): Promise<Answer | undefined> {
    const response = await fetch(`${url}/v1/schools/${this.till.nord.id}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.tokens.owner}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    }).catch(() => undefined);
    const text = await response?.text().catch(() => undefined);
    if (!response || text === undefined) {
      this.unanswered += 1;
      return undefined;
    }
    this.answered += 1;
    // A dying process may still say that it could not reach its provider; nothing else is allowed to be an error.
    if (response.status >= 500 && response.status !== 503) throw new Error(`POST ${path}: ${response.status} ${text}`);
    return response.ok ? (JSON.parse(text) as Answer) : undefined;
  }
}

interface Answer {
  readonly id: Id;
  readonly paymentId: Id;
  readonly url: string;
}
