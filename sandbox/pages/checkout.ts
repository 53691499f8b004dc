import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FormTree } from '../http/form.js';
import type { CheckoutRecord } from '../stripe/checkout-record.js';
import type { PaymentAttempt } from '../stripe/checkout-sessions.js';
import type { StripeServer } from '../stripe/stripe-server.js';
import { cardOf, refusalText } from './card-forms.js';
import { bankPage, closedPage, paymentPage } from './checkout-views.js';
import { CHECKOUT_TEXTS, type Language } from './checkout-texts.js';
import { html } from './html.js';
import { sendPage } from './layout.js';

type Request = FastifyRequest<{ Params: { id: string }; Body: FormTree | undefined }>;
type Act = (
  record: CheckoutRecord,
  form: FormTree,
  language: Language,
  reply: FastifyReply,
) => Promise<FastifyReply> | FastifyReply;

/** `/checkout/:id`: the page on which the customer pays; works without JavaScript. */
export function serveCheckout(http: FastifyInstance, stripe: StripeServer): void {
  const on = (act: Act) => (request: Request, reply: FastifyReply) => {
    const record = stripe.checkout(request.params.id);
    if (record) return act(record, request.body ?? {}, languageOf(record, request), reply);
    const body = html`<main class="narrow">
      <section class="card"><h1>There is no such checkout</h1></section>
    </main>`;
    return sendPage(reply, { title: 'Checkout', body }, 404);
  };
  http.get(
    '/checkout/:id',
    on((record, _form, language, reply) => show(reply, record, language)),
  );
  http.post(
    '/checkout/:id',
    on(async (record, form, language, reply) => {
      return proceed(reply, record, language, await stripe.pay(record, instrumentOf(form)));
    }),
  );
  http.get(
    '/checkout/:id/bank',
    on((record, _form, language, reply) =>
      record.authenticating ? sendPage(reply, bankPage(record, language)) : reply.redirect(pathOf(record), 303),
    ),
  );
  http.post(
    '/checkout/:id/bank',
    on(async (record, form, language, reply) =>
      proceed(reply, record, language, await stripe.authenticate(record, form['answer'] === 'approve')),
    ),
  );
}

function instrumentOf(form: FormTree): string {
  if (form['method'] === 'mobilepay') return 'mobilepay';
  return cardOf(form);
}

function proceed(
  reply: FastifyReply,
  record: CheckoutRecord,
  language: Language,
  attempt: PaymentAttempt,
): FastifyReply {
  switch (attempt) {
    case 'paid':
      return reply.redirect(successUrl(record), 303);
    case 'authenticate':
      return reply.redirect(`${pathOf(record)}/bank`, 303);
    case 'declined':
      return show(reply, record, language, 402);
    case 'closed':
      return show(reply, record, language, 409);
    default:
      return attempt satisfies never;
  }
}

function show(reply: FastifyReply, record: CheckoutRecord, language: Language, status = 200): FastifyReply {
  const { status: state } = record.session;
  if (state === 'open') return sendPage(reply, paymentPage(record, language, refusalOf(record, language)), status);
  return sendPage(reply, closedPage(record, language, successUrl(record)), status);
}

function refusalOf({ lastDecline }: CheckoutRecord, language: Language): string | undefined {
  return lastDecline && refusalText(lastDecline.declineCode, CHECKOUT_TEXTS[language]);
}

function pathOf({ session }: CheckoutRecord): string {
  return `/checkout/${session.id}`;
}

function successUrl({ session }: CheckoutRecord): string {
  return (session.success_url ?? '/').replaceAll('{CHECKOUT_SESSION_ID}', session.id);
}

function languageOf({ session }: CheckoutRecord, request: Request): Language {
  if (session.locale && session.locale !== 'auto') return session.locale === 'da' ? 'da' : 'en';
  return /^da\b/i.test(request.headers['accept-language'] ?? '') ? 'da' : 'en';
}
