import type { FastifyInstance } from 'fastify';
import type { HttpParts } from '../http/http-parts.js';
import { serveEmails } from './emails.js';
import { Html, html } from './html.js';
import { sendPage } from './layout.js';
import { type Message, messages } from './messages.js';
import { detail } from './message-views.js';
import { clockTime } from './money.js';

interface Query {
  kind?: string;
  to?: string;
  q?: string;
  /** The message that is open; the newest when left out. */
  id?: string;
  /** How many of the newest are left out. */
  skip?: string;
}

const PAGE = 100;

const TABS = [
  ['', 'All'],
  ['email', 'E-mail'],
  ['sms', 'SMS'],
] as const;

/** Loads the page again when something new arrived. */
const REFRESH = `
let seen;
setInterval(async () => {
  const now = await fetch('/mailbox/newest').then((answer) => answer.text()).catch(() => seen);
  if (seen !== undefined && now !== seen && !document.activeElement.matches('input')) location.reload();
  seen = now;
}, 2000);`;

/** `/mailbox`: every e-mail and SMS, the newest first, with the open one beside the list. */
export function serveMailbox(http: FastifyInstance, parts: HttpParts): void {
  serveEmails(http, parts.mail);
  http.get('/mailbox/newest', (_request, reply) => reply.type('text/plain').send(fingerprint(messages(parts))));
  http.get<{ Querystring: Query }>('/mailbox', (request, reply) => {
    const { query } = request;
    const everything = messages(parts);
    const shown = messages(parts, { kind: query.kind, to: query.to, search: query.q });
    const skip = Math.max(0, Number.parseInt(query.skip ?? '', 10) || 0);
    const open = query.id ? everything.find(({ id }) => id === query.id) : shown[skip];
    const body = html`<main class="mailbox">
      <section class="card" aria-label="Messages">
        ${filters(query, everything)}
        ${
          shown.length === 0
            ? html`<p class="empty">${everything.length === 0 ? 'Nothing yet.' : 'Nothing fits.'}</p>`
            : html`<p class="small soft" role="status">${shown.length} of ${everything.length}</p>
                <ul class="messages">
                  ${shown.slice(skip, skip + PAGE).map((one) => row(one, query, one.id === open?.id))}
                </ul>
                ${pages(query, skip, shown.length)}`
        }
      </section>
      <section class="card" aria-label="Open message">
        ${open ? detail(open) : html`<p class="empty">E-mails and SMS appear here as the application sends them.</p>`}
      </section>
    </main>`;
    return sendPage(reply, { title: `Mailbox (${everything.length})`, at: 'mailbox', body, script: REFRESH });
  });
}

function fingerprint(all: Message[]): string {
  return `${all.length} ${all[0]?.id ?? ''} ${all[0]?.status ?? ''}`;
}

function filters(query: Query, everything: Message[]): Html {
  const recipients = [...new Set(everything.flatMap(({ to }) => to))].toSorted();
  const tabs = TABS.map(
    ([kind, label]) =>
      html`<a
        href="${linkTo({ ...query, kind, id: '', skip: '' })}"
        ${(query.kind ?? '') === kind && new Html('aria-current="page"')}
        >${label}</a
      >`,
  );
  const options = recipients.map(
    (one) => html`<option value="${one}" ${one === query.to && new Html('selected')}>${one}</option>`,
  );
  return html`<form class="filters" method="get" action="/mailbox" role="search">
    <nav class="tabs" aria-label="Kind">${tabs}</nav>
    <input type="hidden" name="kind" value="${query.kind}" />
    <input type="search" name="q" value="${query.q}" placeholder="Search" aria-label="Search the messages" />
    <div class="row">
      <select name="to" aria-label="Recipient">
        <option value="">Every recipient</option>
        ${options}
      </select>
      <button class="quiet">Show</button>
    </div>
  </form>`;
}

function pages(query: Query, skip: number, count: number): Html | false {
  const newer = skip > 0 && html`<a href="${linkTo({ ...query, id: '', skip: String(skip - PAGE) })}">Newer</a>`;
  const older =
    skip + PAGE < count && html`<a href="${linkTo({ ...query, id: '', skip: String(skip + PAGE) })}">Older</a>`;
  return (newer || older) && html`<nav class="pages" aria-label="Pages">${newer || html`<span></span>`}${older}</nav>`;
}

function row(message: Message, query: Query, isOpen: boolean): Html {
  const title = message.kind === 'email' ? message.subject || '(no subject)' : message.text;
  return html`<li>
    <a
      class="${message.kind}"
      href="${linkTo({ ...query, id: message.id })}"
      ${isOpen && new Html('aria-current="true"')}
    >
      <span class="kind">${message.kind === 'email' ? 'MAIL' : 'SMS'}</span>
      <span class="who">${message.to.join(', ')}</span
      ><time class="soft small">${clockTime(message.at).split(' ').at(-1)}</time>
      <span class="what">${message.duplicateOf && html`<span class="badge bad">sent twice</span> `}${title}</span></a
    >
  </li>`;
}

function linkTo(query: Query): string {
  const given = Object.entries(query).filter(([, value]) => Boolean(value));
  return `/mailbox?${new URLSearchParams(given as [string, string][]).toString()}`;
}
