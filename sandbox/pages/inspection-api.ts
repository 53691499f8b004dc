import type { FastifyInstance } from 'fastify';
import { clearBooks } from '../books.js';
import { type HttpParts, violationsOf } from '../http/http-parts.js';
import { clearMessengers } from '../messengers.js';
import { messages } from './messages.js';

const PAY = {
  type: 'object',
  required: ['card'],
  additionalProperties: false,
  properties: { card: { type: 'string', minLength: 1 }, approve: { type: 'boolean' } },
} as const;

interface PayBody {
  /** A test card's number, or `mobilepay`. */
  card: string;
  /** The answer to the bank's 3-D Secure question, should there be one. */
  approve?: boolean;
}

/** `/_sandbox`: what happened, as JSON, for scripts and tests. */
export function serveInspection(http: FastifyInstance, parts: HttpParts): void {
  const { stripe, twilio, vipps, paypal, eteori, mail, messengers, books, receiver, errors, faults, contracts } = parts;
  http.get('/_sandbox/health', () => ({ status: 'up' }));
  http.get('/_sandbox/violations', () => ({
    validating: contracts !== undefined,
    violations: violationsOf(parts),
  }));
  http.get<{ Querystring: { to?: string; kind?: string; since?: string; q?: string } }>(
    '/_sandbox/messages',
    (request) => {
      const { to, kind, since, q } = request.query;
      return { messages: messages(parts, { to, kind, since: since ? new Date(since) : undefined, search: q }) };
    },
  );
  http.delete('/_sandbox/messages', (_request, reply) => {
    mail.mailbox.clear();
    twilio.clear();
    clearMessengers(messengers);
    return reply.status(204).send();
  });
  http.post('/_sandbox/reset', (_request, reply) => {
    for (const each of [stripe, twilio, vipps, paypal, eteori, mail.mailbox, receiver, errors, faults]) each.clear();
    clearMessengers(messengers);
    clearBooks(books);
    return reply.status(204).send();
  });
  http.get('/_sandbox/books', () => ({
    xero: [...books.xero.organisations.values()].map((each) => ({
      company: each.id,
      name: each.name,
      contacts: [...each.contacts.values()],
      documents: [...each.documents.values()],
      payments: [...each.payments.values()].map(({ document, ...payment }) => ({ ...payment, of: document.number })),
      bankTransactions: [...each.bankTransactions.values()],
      journals: [...each.journals.values()],
      attachments: Object.fromEntries(each.attachments),
    })),
    economic: [...books.economic.agreements.values()].map(({ number, name, customers, drafts, booked }) => ({
      company: String(number),
      name,
      customers: [...customers.values()],
      drafts,
      booked,
    })),
    quickbooks: [...books.quickbooks.companies.values()].map(({ id, name, rows }) => ({ company: id, name, rows })),
  }));
  servePayments(http, parts);
}

function servePayments(http: FastifyInstance, { stripe }: HttpParts): void {
  const { webhooks } = stripe;
  http.get<{ Params: { id: string } }>('/_sandbox/stripe/sessions/:id', (request, reply) => {
    const record = stripe.checkout(request.params.id);
    if (!record) return reply.status(404).send({ error: 'no such session' });
    return { session: record.session, lineItems: record.lineItems };
  });
  http.post<{ Params: { id: string }; Body: PayBody }>(
    '/_sandbox/stripe/sessions/:id/pay',
    { schema: { body: PAY } },
    async (request, reply) => {
      const record = stripe.checkout(request.params.id);
      if (!record) return reply.status(404).send({ error: 'no such session' });
      const { card, approve } = request.body;
      let attempt = await stripe.pay(record, card);
      if (attempt === 'authenticate' && approve !== undefined) attempt = await stripe.authenticate(record, approve);
      return { attempt, session: record.session };
    },
  );
  http.get('/_sandbox/stripe/webhooks', () => ({ deliveries: webhooks.log() }));
  http.post('/_sandbox/stripe/webhooks/release', async () => ({ released: await webhooks.release() }));
  http.post<{ Params: { id: string } }>('/_sandbox/stripe/webhooks/:id/resend', async (request, reply) => {
    const delivery = await webhooks.resend(request.params.id);
    return delivery ?? reply.status(404).send({ error: 'no such delivery' });
  });
}
