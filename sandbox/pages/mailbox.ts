import type { FastifyInstance } from 'fastify';
import type { HttpParts } from '../http/http-parts.js';
import { serveEmails } from './emails.js';
import { Html, html } from './html.js';
import { sendPage } from './layout.js';
import { type Message, messages } from './messages.js';
import { clockTime } from './money.js';

interface Query {
  kind?: string;
  to?: string;
  q?: string;
  /** The message that is open; the newest when left out. */
  id?: string;
}

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
    const open = query.id ? everything.find(({ id }) => id === query.id) : shown[0];
    const body = html`<main class="mailbox">
      <section class="card" aria-label="Messages">
        ${filters(query, everything)}
        ${
          shown.length === 0
            ? html`<p class="empty">Nothing yet.</p>`
            : html`<ul class="messages">
                ${shown.slice(0, 500).map((one) => row(one, query, one === open || one.id === open?.id))}
              </ul>`
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
        href="${linkTo({ ...query, kind, id: '' })}"
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

function detail(message: Message): Html {
  const facts = html`<dl class="facts">
    <dt>From</dt>
    <dd>${message.from}</dd>
    <dt>To</dt>
    <dd>${message.to.join(', ')}</dd>
    <dt>At</dt>
    <dd>${clockTime(message.at)}</dd>
    ${
      message.kind === 'sms' &&
      html`<dt>Status</dt>
        <dd>${status(message)}</dd>`
    }
  </dl>`;
  if (message.kind === 'sms') {
    return html`<h1>SMS</h1>
      ${facts}
      <div class="bubble"><pre>${message.text}</pre></div>
      <p class="small soft">${message.text.length} characters, sent as ${message.segments} SMS</p>`;
  }
  const base = `/mailbox/emails/${message.id}`;
  return html`<h1>${message.subject || '(no subject)'}</h1>
    ${message.duplicateOf && html`<p class="alert">The same Message-ID was delivered before: <a href="${linkTo({ id: message.duplicateOf })}">the first one</a>.</p>`}
    ${facts}${attachments(message, base)}
    ${message.html === null ? html`<pre class="card">${message.text}</pre>` : rendered(message, base)}`;
}

function rendered(message: Message, base: string): Html {
  return html`<iframe
      class="letter"
      title="The e-mail as it looks"
      src="${base}/html"
      sandbox="allow-popups allow-popups-to-escape-sandbox"
    ></iframe>
    <p class="small"><a href="${base}/html" target="_blank" rel="noopener">Open in its own tab</a></p>
    <details>
      <summary>Plain text</summary>
      <pre class="small">${message.text}</pre>
    </details>`;
}

function attachments(message: Message, base: string): Html | undefined {
  if (message.attachments.length === 0) return undefined;
  const links = message.attachments.map(
    ({ name, bytes }, index) =>
      html`<li>
        <a href="${base}/attachments/${index}">${name}</a>
        <span class="soft small">${Math.ceil(bytes / 1024)} KiB</span>
      </li>`,
  );
  return html`<h3>Attachments</h3>
    <ul>
      ${links}
    </ul>`;
}

function status({ status: word }: Message): Html {
  const tone = word === 'delivered' ? 'good' : word === 'undelivered' ? 'bad' : '';
  return html`<span class="badge ${tone}">${word}</span>`;
}

function linkTo(query: Query): string {
  const given = Object.entries(query).filter(([, value]) => Boolean(value));
  return `/mailbox?${new URLSearchParams(given as [string, string][]).toString()}`;
}
