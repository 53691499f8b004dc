import type { FastifyInstance } from 'fastify';
import type { HttpParts } from '../http/http-parts.js';

interface By<Body> {
  Params: { id: string };
  Body: Body;
}

const bodyOf = (properties: Record<string, object>) => ({
  schema: {
    body: { type: 'object', required: Object.keys(properties), additionalProperties: false, properties },
  },
});
const days = bodyOf({ days: { type: 'number', exclusiveMinimum: 0, maximum: 3_660 } });
const card = bodyOf({ card: { type: 'string', minLength: 1 } });
const settings = bodyOf({ afterRetries: { enum: ['unpaid', 'canceled'] } });
const end = bodyOf({ state: { enum: ['void', 'uncollectible'] } });

/** `/_sandbox/stripe/subscriptions` and `…/invoices`: time passes, and customers act, as scripts and tests ask. */
export function serveBillingControls(http: FastifyInstance, { stripe }: HttpParts): void {
  const { account, billing } = stripe;
  http.get<By<never>>('/_sandbox/stripe/subscriptions/:id', ({ params }, reply) => {
    return account.subscriptions.get(params.id) ?? reply.status(404).send({ error: 'no such subscription' });
  });
  http.post<By<{ days: number }>>(
    '/_sandbox/stripe/subscriptions/:id/advance',
    days,
    async ({ params, body }, reply) => {
      if (!account.subscriptions.has(params.id)) return reply.status(404).send({ error: 'no such subscription' });
      return billing.advance(params.id, body.days);
    },
  );
  http.post<By<{ afterRetries: 'unpaid' | 'canceled' }>>(
    '/_sandbox/stripe/subscriptions/:id/settings',
    settings,
    ({ params, body }, reply) => {
      const record = account.subscriptions.get(params.id);
      if (!record) return reply.status(404).send({ error: 'no such subscription' });
      return Object.assign(record, body);
    },
  );
  http.post<By<{ card: string }>>('/_sandbox/stripe/customers/:id/card', card, async ({ params, body }, reply) => {
    if (!account.customers.has(params.id)) return reply.status(404).send({ error: 'no such customer' });
    return { decline: (await billing.changeCard(params.id, body.card)) ?? null };
  });
  http.post<By<{ card: string }>>('/_sandbox/stripe/invoices/:id/pay', card, async ({ params, body }, reply) => {
    if (account.invoices.get(params.id)?.invoice.status !== 'open') {
      return reply.status(404).send({ error: 'no such open invoice' });
    }
    return { decline: (await billing.pay(params.id, body.card)) ?? null };
  });
  http.post<By<{ state: 'void' | 'uncollectible' }>>(
    '/_sandbox/stripe/invoices/:id/give-up',
    end,
    async ({ params, body }, reply) => {
      if (account.invoices.get(params.id)?.invoice.status !== 'open') {
        return reply.status(404).send({ error: 'no such open invoice' });
      }
      return (await billing.giveUp(params.id, body.state)).invoice;
    },
  );
}
