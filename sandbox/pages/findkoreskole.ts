import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { FindkoreskoleServer, SentLead, ShownSchool } from '../findkoreskole/findkoreskole-server.js';
import type { FormTree } from '../http/form.js';
import { type Html, html } from './html.js';
import { sendPage } from './layout.js';
import { money } from './money.js';

type Request = FastifyRequest<{ Body: FormTree | undefined }>;

/** `/findkoreskole`: the directory as a learner sees it. */
export function serveFindkoreskolePage(http: FastifyInstance, server: FindkoreskoleServer, appUrl: () => string): void {
  http.get('/findkoreskole', async (_request, reply) => {
    const problem = server.isConnected ? await synced(server) : null;
    const body = html`<main>
      <section>
        <h1>Find a driving school</h1>
        <p class="soft">findkoreskole.dk, as this installation plays it: what schools show, and questions to them.</p>
        ${problem && html`<p><span class="badge warn">${problem}</span></p>`}
      </section>
      ${server.isConnected ? null : keyForm()} ${[...server.schools.values()].map(schoolCard)}
      ${leadTable(server.leads.newestFirst())}
    </main>`;
    return sendPage(reply, { title: 'findkoreskole', at: 'findkoreskole', body });
  });
  http.post('/findkoreskole/key', ({ body }: Request, reply) => {
    server.connect(appUrl(), textOf(body, 'key').trim());
    return reply.redirect('/findkoreskole', 303);
  });
  http.post('/findkoreskole/write', async ({ body }: Request, reply) => {
    const [schoolId, name, email, message] = ['schoolId', 'name', 'email', 'message'].map((field) =>
      textOf(body, field),
    ) as [string, string, string, string];
    await server.write(schoolId, { name, email, message });
    return reply.redirect('/findkoreskole', 303);
  });
}

function textOf(body: FormTree | undefined, field: string): string {
  const value = body?.[field];
  return typeof value === 'string' ? value : '';
}

async function synced(server: FindkoreskoleServer): Promise<string | null> {
  try {
    await server.sync();
    return null;
  } catch (error) {
    return `The partner API answered: ${(error as Error).message}`;
  }
}

function keyForm(): Html {
  return html`<section class="card stack">
    <h2>Connect</h2>
    <p>An administrator makes a key with <code>POST /v1/partner-keys</code>; paste it here.</p>
    <form class="stack" method="post" action="/findkoreskole/key">
      <input name="key" placeholder="jdp_…" required />
      <button>Connect</button>
    </form>
  </section>`;
}

function schoolCard(school: ShownSchool): Html {
  const { id, name, city, profile, licenceClasses, languages, prices, branches } = school;
  return html`<section class="card stack">
    <h2>${name}, ${city}</h2>
    <p>${profile.da ?? profile.en}</p>
    <p class="small soft">
      ${licenceClasses.join(', ')} · ${languages.join(', ')} · ${branches.map((branch) => branch.name).join(', ')}
    </p>
    <ul>
      ${prices.map((price) => html`<li>${price.name}: ${money(price.gross.amount, price.gross.currency)}</li>`)}
    </ul>
    <form class="stack" method="post" action="/findkoreskole/write">
      <input type="hidden" name="schoolId" value="${id}" />
      <input name="name" placeholder="Your name" required />
      <input name="email" type="email" placeholder="Your e-mail address" required />
      <textarea name="message" placeholder="What would you like to know?" required></textarea>
      <button>Write to this school</button>
    </form>
  </section>`;
}

function leadTable(leads: readonly SentLead[]): Html | null {
  if (leads.length === 0) return null;
  const rows = leads.map(
    ({ id, name, state }) =>
      html`<tr>
        <td>${id}</td>
        <td>${name}</td>
        <td><span class="badge">${state}</span></td>
      </tr>`,
  );
  return html`<section class="card stack">
    <h2>What became of questions</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>Id</th>
            <th>From</th>
            <th>State</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </section>`;
}
