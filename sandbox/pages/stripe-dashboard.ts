import type { FastifyInstance } from 'fastify';
import type { StripeServer } from '../stripe/stripe-server.js';
import type { WebhookDelivery } from '../http/webhook-sender.js';
import type { StripeEvent } from '../stripe/stripe-account.js';
import { type Html, html } from './html.js';
import { sendPage } from './layout.js';
import { clockTime, money } from './money.js';
import { idOf } from '../stripe/id-of.js';

const SHOWN = 50;
const GOOD = new Set(['complete', 'succeeded', 'delivered', 'paid']);
const BAD = new Set(['failed', 'canceled', 'expired', 'nowhere_to_go']);

/** `/stripe`: checkouts, payments, refunds and webhooks, with a button to send one again. */
export function serveStripeDashboard(http: FastifyInstance, stripe: StripeServer): void {
  http.get('/stripe', (_request, reply) => {
    const body = html`<main>
      <h1>Payments</h1>
      ${checkouts(stripe)}${payments(stripe)}${refunds(stripe)}${webhooks(stripe)}
    </main>`;
    return sendPage(reply, { title: 'Payments', at: 'stripe', body });
  });
  http.post<{ Params: { id: string } }>('/stripe/webhooks/:id/resend', async (request, reply) => {
    await stripe.webhooks.resend(request.params.id);
    return reply.redirect('/stripe#webhooks', 303);
  });
  http.post('/stripe/webhooks/release', async (_request, reply) => {
    await stripe.webhooks.release();
    return reply.redirect('/stripe#webhooks', 303);
  });
}

function checkouts({ account }: StripeServer): Html {
  const rows = account.checkouts
    .newestFirst()
    .slice(0, SHOWN)
    .map(
      ({ session, lineItems }) =>
        html`<tr>
          <td>${clockTime(session.created)}</td>
          <td>
            ${lineItems.map((line) => html`${line.description}<br />`)}<code class="soft">${short(session.id)}</code>
          </td>
          <td>${badge(session.status)}</td>
          <td class="num">${money(session.amount_total, session.currency)}</td>
          <td>${session.status === 'open' && html`<a href="/checkout/${session.id}">Pay</a>`}</td>
        </tr>`,
    );
  return table('Checkouts', ['Created', 'For', 'Status', '#Amount', ''], rows);
}

function payments({ account }: StripeServer): Html {
  const rows = account.paymentIntents
    .newestFirst()
    .slice(0, SHOWN)
    .map((intent) => {
      const charge = account.charges.get(idOf(intent.latest_charge));
      return html`<tr>
        <td>${clockTime(intent.created)}</td>
        <td><code>${intent.id}</code></td>
        <td>${charge?.payment_method_details?.type}</td>
        <td>${badge(intent.status)} ${intent.last_payment_error?.message}</td>
        <td class="num">${money(intent.amount, intent.currency)}</td>
        <td class="num">${charge?.amount_refunded ? money(charge.amount_refunded, charge.currency) : ''}</td>
      </tr>`;
    });
  return table('Payments', ['Created', 'Payment', 'Method', 'Status', '#Amount', '#Refunded'], rows);
}

function refunds({ account }: StripeServer): Html {
  const rows = account.refunds
    .newestFirst()
    .slice(0, SHOWN)
    .map(
      (refund) =>
        html`<tr>
          <td>${clockTime(refund.created)}</td>
          <td><code>${refund.id}</code></td>
          <td><code class="soft">${idOf(refund.payment_intent)}</code></td>
          <td>${badge(refund.status)}</td>
          <td class="num">${money(refund.amount, refund.currency)}</td>
        </tr>`,
    );
  return table('Refunds', ['Created', 'Refund', 'Of', 'Status', '#Amount'], rows);
}

function webhooks({ webhooks: sender }: StripeServer): Html {
  const log = sender.log();
  const held = log.filter(({ state }) => state === 'held').length;
  const release = html`<form method="post" action="/stripe/webhooks/release">
    <button class="small">Release ${held} held</button>
  </form>`;
  const rows = log.slice(0, SHOWN).map(delivery);
  return table('Webhooks', ['Created', 'Event', 'State', 'Last of the attempts', ''], rows, held > 0 && release);
}

function delivery({ id, event, state, attempts }: WebhookDelivery<StripeEvent>): Html {
  return html`<tr>
    <td>${clockTime(event.created)}</td>
    <td>${event.type}<br /><code class="soft">${event.id}</code></td>
    <td>${badge(state)}</td>
    <td>${attempts.at(-1)?.result}${attempts.length > 1 && ` (of ${attempts.length})`}</td>
    <td>
      <form method="post" action="/stripe/webhooks/${id}/resend"><button class="quiet small">Send again</button></form>
    </td>
  </tr>`;
}

/** A heading that begins with `#` is of a column of numbers. */
function table(title: string, headings: string[], rows: Html[], action: Html | false = false): Html {
  const head = headings.map((one) =>
    one.startsWith('#') ? html`<th class="num">${one.slice(1)}</th>` : html`<th>${one}</th>`,
  );
  const content =
    rows.length === 0
      ? html`<p class="soft">None yet.</p>`
      : html`<div class="scroll">
          <table>
            <thead>
              <tr>
                ${head}
              </tr>
            </thead>
            <tbody>
              ${rows}
            </tbody>
          </table>
        </div>`;
  return html`<section class="card stack" id="${title.toLowerCase()}">
    <h2>${title}</h2>
    ${action}${content}
  </section>`;
}

function badge(state: string | null): Html {
  const word = state ?? '';
  const tone = GOOD.has(word) ? 'good' : BAD.has(word) ? 'bad' : 'warn';
  return html`<span class="badge ${tone}">${word.replaceAll('_', ' ')}</span>`;
}

function short(id: string): string {
  return `${id.slice(0, 18)}…`;
}
