import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Books } from '../books.js';
import { decodeForm, type FormTree } from '../http/form.js';
import type { OAuthServer } from '../oauth/oauth-server.js';
import { html } from './html.js';
import { sendPage } from './layout.js';

interface Consent {
  readonly vendor: string;
  readonly path: string;
  readonly oauth: OAuthServer;
  readonly companies: () => readonly { readonly id: string; readonly name: string }[];
}

type Request = FastifyRequest<{ Body: FormTree | undefined }>;

/** Where a school's owner lets the application into its books. */
export function serveBooksConsent(http: FastifyInstance, { xero, quickbooks }: Books): void {
  const companies = () => [...xero.organisations.values()];
  serveConsent(http, { vendor: 'Xero', path: '/identity/connect/authorize', oauth: xero.oauth, companies });
  serveConsent(http, {
    vendor: 'QuickBooks',
    path: '/quickbooks/connect/oauth2',
    oauth: quickbooks.oauth,
    companies: () => [...quickbooks.companies.values()],
  });
}

function serveConsent(http: FastifyInstance, { vendor, path, oauth, companies }: Consent): void {
  http.get(path, ({ url }: Request, reply) => {
    const problem = oauth.problemOf(queryOf(url));
    const choices = companies().map(
      ({ id, name }) => html`<button name="company" value="${id}">Let Just Driving into ${name}</button>`,
    );
    const body = html`<div class="strip">Sandbox</div>
      <main class="narrow">
        <section class="card stack">
          <h1>${vendor}</h1>
          ${problem && html`<p><code>${problem}</code></p>`}
          ${
            !problem &&
            html`<form class="stack" method="post" action="${url}">
              ${choices}
              <button class="quiet" name="company" value="">Say no</button>
            </form>`
          }
        </section>
      </main>`;
    return sendPage(reply, { title: vendor, body }, problem ? 400 : 200);
  });
  http.post(path, ({ url, body }: Request, reply) => {
    const query = queryOf(url);
    const problem = oauth.problemOf(query);
    if (problem) return reply.status(400).send({ error: problem });
    const chosen = [body?.['company'] ?? []].flat().filter((id) => companies().some((each) => each.id === id));
    return reply.redirect(oauth.answer(query, chosen as string[]), 303);
  });
}

const queryOf = (url: string): FormTree => decodeForm(url.split('?', 2)[1] ?? '');
