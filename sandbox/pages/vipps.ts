import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { FormTree } from '../http/form.js';
import type { VippsServer } from '../vipps/vipps-server.js';
import { html } from './html.js';
import { sendPage } from './layout.js';
import { money } from './money.js';

type Request = FastifyRequest<{ Params: { reference: string }; Body: FormTree | undefined }>;

/** `/vipps/:reference`: what the customer does in the Vipps or MobilePay app. */
export function serveVippsPage(http: FastifyInstance, vipps: VippsServer): void {
  http.get('/vipps/:reference', ({ params }: Request, reply) => {
    const payment = vipps.payments.all.get(params.reference);
    const title = payment ? 'Vipps MobilePay' : 'There is no such payment';
    const body = html`<div class="strip">Sandbox</div>
      <main class="narrow">
        <section class="card stack">
          <h1>${title}</h1>
          ${
            payment &&
            html`<p>${payment.description}</p>
              <p class="total">${money(payment.amount.value, payment.amount.currency)}</p>`
          }
          ${
            payment?.state === 'CREATED' &&
            html`<form class="stack" method="post" action="/vipps/${payment.reference}">
              <button class="mobilepay" name="answer" value="approve">Approve</button>
              <button class="quiet" name="answer" value="abort">Say no</button>
            </form>`
          }
          ${
            payment &&
            payment.state !== 'CREATED' &&
            html`<p>${payment.state}</p>
              <a class="button" href="${payment.returnUrl}">Go on</a>`
          }
        </section>
      </main>`;
    return sendPage(reply, { title, body }, payment ? 200 : 404);
  });
  http.post('/vipps/:reference', async ({ params, body }: Request, reply) => {
    const payment = vipps.payments.all.get(params.reference);
    if (payment?.state !== 'CREATED') return reply.redirect(`/vipps/${params.reference}`, 303);
    if (body?.['answer'] === 'approve') await vipps.approve(payment.reference);
    else await vipps.end(payment.reference, 'ABORTED');
    return reply.redirect(payment.returnUrl, 303);
  });
}
