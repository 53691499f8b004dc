import type { FastifyInstance } from 'fastify';
import type { Fault } from '../faults/faults.js';
import { type HttpParts, violationsOf } from '../http/http-parts.js';
import { type Html, html } from './html.js';
import { sendPage } from './layout.js';
import { messages } from './messages.js';

/** `/`: what the sandbox is, and where things are. */
export function serveHome(http: FastifyInstance, parts: HttpParts): void {
  const { stripe, faults } = parts;
  http.get('/', (_request, reply) => {
    const all = messages(parts);
    const sms = all.filter(({ kind }) => kind === 'sms').length;
    const paid = [...stripe.account.paymentIntents.values()].filter(({ status }) => status === 'succeeded').length;
    const failed = stripe.webhooks.log().filter(({ state }) => state !== 'delivered').length;
    const body = html`<main>
      <section>
        <h1>The outside world, on this machine</h1>
        <p class="soft">
          Money: Stripe, Vipps MobilePay and PayPal. SMS: Twilio, GatewayAPI and an aggregator. E-mail: SparkPost,
          SendGrid, Mailgun, Mailtrap and an SMTP server. Books: Xero, e-conomic and QuickBooks Online (<a
            href="/_sandbox/books"
            >what is in them</a
          >). Theory: e-teori.dk. All speak the vendors' own protocols; messages end here, and money is pretended.
        </p>
      </section>
      <section class="tiles">
        ${tile('/mailbox?kind=email', all.length - sms, 'e-mails')} ${tile('/mailbox?kind=sms', sms, 'SMS')}
        ${tile('/stripe', paid, 'payments')} ${tile('/stripe#webhooks', failed, 'webhooks not delivered')}
      </section>
      <section class="card stack">
        <h2>Faults on demand</h2>
        ${faultTable(faults.list())}
        <p class="small soft">
          Order one with <code>POST /_sandbox/faults</code>, for example
          <code>{"system":"stripe","operation":"refunds.create","kind":"timeout_after_acting"}</code>; clear all with
          <code>DELETE</code>.
        </p>
      </section>
      <section class="card stack">
        <h2>The vendors' contracts</h2>
        ${contractState(parts)}
      </section>
    </main>`;
    return sendPage(reply, { title: 'Sandbox', at: 'home', body });
  });
}

function tile(path: string, count: number, label: string): Html {
  return html`<a class="card tile" href="${path}"><b>${count}</b>${label}</a>`;
}

function faultTable(faults: readonly Fault[]): Html {
  if (faults.length === 0) return html`<p>None: everything works as it should.</p>`;
  const rows = faults.map(
    (fault) =>
      html`<tr>
        <td>${fault.system}</td>
        <td>${fault.operation ?? 'everything'}</td>
        <td><span class="badge warn">${fault.kind}</span></td>
        <td class="num">${fault.times}</td>
      </tr>`,
  );
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th>System</th>
          <th>Strikes</th>
          <th>Kind</th>
          <th class="num">Times left</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function contractState(parts: HttpParts): Html {
  if (!parts.contracts)
    return html`<p>Not checked. Set <code>VENDOR_SPECS</code> to a folder with the vendors' OpenAPI files.</p>`;
  const violations = violationsOf(parts);
  if (violations.length === 0)
    return html`<p><span class="badge good">kept</span> Every request and answer so far.</p>`;
  return html`<ul>
    ${violations.map((one) => html`<li><code>${one}</code></li>`)}
  </ul>`;
}
