import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { html } from '../pages/html.js';
import { sendPage } from '../pages/layout.js';
import type { ReceiverFault, WebhookReceiver } from './webhook-receiver.js';

type Named = FastifyRequest<{ Params: { name: string }; Body: string }>;

/** `/receiver/{name}` for webhooks, `/receiver` for people, and `/_sandbox/receiver/{name}` for secrets and faults. */
export function serveReceiver(http: FastifyInstance, receiver: WebhookReceiver): void {
  void http.register(async (scope) => {
    // Signed is the text, not what it means.
    scope.removeContentTypeParser('application/json');
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => done(null, text));
    scope.post('/receiver/:name', (request: Named, reply) => receive(request, reply, receiver));
  });
  http.post<{ Params: { name: string }; Body: { secret?: string; fault?: ReceiverFault | null } }>(
    '/_sandbox/receiver/:name',
    ({ params: { name }, body }, reply) => {
      if (body.secret) receiver.trust(name, body.secret);
      if (body.fault !== undefined) receiver.break(name, body.fault);
      return reply.status(204).send();
    },
  );
  http.get<{ Params: { name: string } }>('/_sandbox/receiver/:name', ({ params: { name } }) => ({
    messages: receiver.messages(name),
  }));
  servePage(http, receiver);
}

async function receive(request: Named, reply: FastifyReply, receiver: WebhookReceiver): Promise<unknown> {
  const { name } = request.params;
  const fault = receiver.faultOf(name);
  const status = receiver.receive(name, request.headers as Record<string, string>, request.body ?? '');
  if (fault === undefined) return reply.status(status).send();
  if (typeof fault === 'string') return misbehave(fault, request, reply);
  if ('delayMs' in fault) {
    await pause(fault.delayMs);
    return reply.status(status).send();
  }
  if ('redirectTo' in fault) return reply.redirect(fault.redirectTo, 307);
  if (fault.retryAfter !== undefined) reply.header('retry-after', fault.retryAfter);
  return reply.status(fault.status).send();
}

function misbehave(fault: ReceiverFault & string, request: Named, reply: FastifyReply): FastifyReply {
  reply.hijack();
  if (fault === 'hangs_up' || fault === 'hangs_up_after_acting') request.raw.socket.destroy();
  if (fault === 'endless') {
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'text/plain' });
    const more = (): void => {
      while (!raw.destroyed && raw.write('m'.repeat(65_536)));
      if (!raw.destroyed) raw.once('drain', more);
    };
    more();
  }
  return reply;
}

function servePage(http: FastifyInstance, receiver: WebhookReceiver): void {
  http.get('/receiver', (request, reply) => {
    const rows = receiver
      .messages()
      .toReversed()
      .slice(0, 200)
      .map(
        ({ name, id, body, at }) =>
          html`<tr>
            <td>${at.toISOString()}</td>
            <td>${name}</td>
            <td><code>${id}</code></td>
            <td><code>${body}</code></td>
          </tr>`,
      );
    const body = html`<main>
      <section>
        <h1>A receiver of webhooks</h1>
        <p class="soft">
          Subscribe <code>http://${request.host}/receiver/any-name</code> as a school’s webhook endpoint; what it takes
          is shown here.
        </p>
      </section>
      <section class="card scroll">
        <table>
          <thead>
            <tr>
              <th>When</th>
              <th>Address</th>
              <th>webhook-id</th>
              <th>What</th>
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>
      </section>
    </main>`;
    return sendPage(reply, { title: 'Webhook receiver', at: 'receiver', body });
  });
}
