import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { FormTree } from '../http/form.js';
import { cents } from '../paypal/paypal-orders.js';
import type { PaypalServer } from '../paypal/paypal-server.js';
import { html } from './html.js';
import { sendPage } from './layout.js';
import { money } from './money.js';

type Request = FastifyRequest<{ Params: { orderId: string }; Body: FormTree | undefined }>;

/** `/paypal/:orderId`: what the customer does at PayPal. */
export function servePaypalPage(http: FastifyInstance, paypal: PaypalServer): void {
  http.get('/paypal/:orderId', ({ params }: Request, reply) => {
    const order = paypal.orders.all.get(params.orderId);
    const title = order ? 'PayPal' : 'There is no such order';
    const body = html`<div class="strip">Sandbox</div>
      <main class="narrow">
        <section class="card stack">
          <h1>${title}</h1>
          ${
            order &&
            html`<p>${order.unit.description ?? ''}</p>
              <p class="total">${money(cents(order.unit.amount), order.unit.amount.currency_code)}</p>`
          }
          ${
            order?.status === 'CREATED' &&
            html`<form class="stack" method="post" action="/paypal/${order.id}">
              <button name="answer" value="approve">Pay now</button>
              <button class="quiet" name="answer" value="decline">Pay with a card that is declined</button>
              <button class="quiet" name="answer" value="cancel">Cancel</button>
            </form>`
          }
          ${
            order &&
            order.status !== 'CREATED' &&
            html`<p>${order.status}</p>
              <a class="button" href="${order.returnUrl}">Go on</a>`
          }
        </section>
      </main>`;
    return sendPage(reply, { title, body }, order ? 200 : 404);
  });
  http.post('/paypal/:orderId', async ({ params, body }: Request, reply) => {
    const order = paypal.orders.all.get(params.orderId);
    if (order?.status !== 'CREATED') return reply.redirect(`/paypal/${params.orderId}`, 303);
    const answer = body?.['answer'];
    if (answer !== 'approve' && answer !== 'decline') return reply.redirect(order.cancelUrl, 303);
    await paypal.approve(order.id, { declines: answer === 'decline' });
    return reply.redirect(order.returnUrl, 303);
  });
}
