import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FormTree } from '../http/form.js';
import type { InvoiceRecord, PortalRecord } from '../stripe/billing/billing-records.js';
import type { StripeServer } from '../stripe/stripe-server.js';
import type { Decline } from '../stripe/test-cards.js';
import { invoicePage, portalPage } from './billing-views.js';
import { cardOf, refusalText } from './card-forms.js';
import { CHECKOUT_TEXTS, type Language } from './checkout-texts.js';
import { html } from './html.js';
import { sendPage } from './layout.js';

type Request = FastifyRequest<{ Params: { id: string }; Body: FormTree | undefined }>;

/** `/billing/…`: where a customer looks after his card and pays what is open. */
export function serveBilling(http: FastifyInstance, stripe: StripeServer): void {
  const portal = (id: string) => stripe.account.portals.get(id);
  http.get('/billing/portal/:id', (request: Request, reply) => {
    const visit = portal(request.params.id);
    return visit ? showPortal(reply, stripe, visit) : nothing(reply);
  });
  http.post('/billing/portal/:id', async (request: Request, reply) => {
    const visit = portal(request.params.id);
    if (!visit) return nothing(reply);
    const decline = await stripe.billing.changeCard(visit.customer, cardOf(request.body ?? {}));
    return decline ? showPortal(reply, stripe, visit, decline) : reply.redirect(`/billing/portal/${visit.id}`, 303);
  });
  http.get('/billing/invoices/:id', (request: Request, reply) => {
    const record = stripe.account.invoices.get(request.params.id);
    return record ? showInvoice(reply, record, languageOf(request)) : nothing(reply);
  });
  http.post('/billing/invoices/:id', async (request: Request, reply) => {
    const record = stripe.account.invoices.get(request.params.id);
    if (!record) return nothing(reply);
    const { id, status } = record.invoice;
    const decline = status === 'open' ? await stripe.billing.pay(id, cardOf(request.body ?? {})) : undefined;
    return decline
      ? showInvoice(reply, record, languageOf(request), decline)
      : reply.redirect(`/billing/invoices/${id}`, 303);
  });
}

function showPortal(reply: FastifyReply, { account }: StripeServer, visit: PortalRecord, decline?: Decline) {
  const lang: Language = visit.locale === 'da' ? 'da' : 'en';
  return sendPage(reply, portalPage(account, visit, lang, refusalOf(decline, lang)), decline ? 402 : 200);
}

function showInvoice(reply: FastifyReply, record: InvoiceRecord, lang: Language, decline?: Decline) {
  return sendPage(reply, invoicePage(record, lang, refusalOf(decline, lang)), decline ? 402 : 200);
}

function refusalOf(decline: Decline | undefined, lang: Language): string | undefined {
  return decline && refusalText(decline.declineCode, CHECKOUT_TEXTS[lang]);
}

function nothing(reply: FastifyReply): FastifyReply {
  const body = html`<main class="narrow">
    <section class="card"><h1>There is no such page</h1></section>
  </main>`;
  return sendPage(reply, { title: 'Billing', body }, 404);
}

function languageOf(request: Request): Language {
  return /^da\b/i.test(request.headers['accept-language'] ?? '') ? 'da' : 'en';
}
