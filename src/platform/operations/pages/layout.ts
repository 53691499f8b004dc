import { Html, html, page } from '../../http/html.js';
import type { Language } from '../../http/language.js';
import { type Notice, type OperationsTexts, operationsTexts } from './texts.js';

export interface View {
  readonly language: Language;
  /** What has just been done. */
  readonly notice?: Notice;
}

type Section = 'overview' | 'dead' | 'open' | 'schedules' | 'webhooks';

const addresses: Record<Section | 'queues', string> = {
  overview: '/ops',
  dead: '/ops/deliveries',
  open: '/ops/deliveries?state=open',
  schedules: '/ops/schedules',
  webhooks: '/ops/webhooks',
  queues: '/ops/queues',
};

/** A page of the operators: the way to the others, what was just done, and its own content. */
export function operationsPage(section: Section, { language, notice }: View, body: Html): string {
  const texts = operationsTexts[language];
  const links = Object.entries(addresses).map(
    ([name, href]) =>
      html`<a href="${href}" ${name === section ? current : ''}>${texts[name as keyof typeof addresses]}</a>`,
  );
  return page(
    `Just Driving · ${texts[section]}`,
    html`<nav aria-label="${texts.title}">${links} ${button(texts.signOut, '/ops/logout', {}, true)}</nav>
      <h1>${texts[section]}</h1>
      ${notice ? html`<p class="notice" role="status">${texts.notices[notice]}</p>` : ''} ${body}
      <p><small>${texts.utc}</small></p>`,
    language,
    { wide: true },
  );
}

const current = new Html('aria-current="page"');

/** A table, or a word when it would be empty. */
export function table(
  texts: OperationsTexts,
  heads: readonly string[],
  rows: readonly (readonly (string | Html)[])[],
): Html {
  if (rows.length === 0) return html`<p>${texts.nothingHere}</p>`;
  return html`<div class="scroll">
    <table>
      ${heads.length > 0 ? headRow(heads) : ''}
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function headRow(heads: readonly string[]): Html {
  return html`<thead>
    <tr>
      ${heads.map((head) => html`<th scope="col">${head}</th>`)}
    </tr>
  </thead>`;
}

/** A form of hidden values and one button. */
export function button(label: string, action: string, values: Readonly<Record<string, string>>, quiet = false): Html {
  const inputs = Object.entries(values).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  return html`<form method="post" action="${action}">
    ${inputs}<button class="${quiet ? 'quiet' : ''}">${label}</button>
  </form>`;
}

export function nextPage(
  texts: OperationsTexts,
  address: string,
  query: Record<string, string | null | undefined>,
): Html {
  if (!query['cursor']) return new Html('');
  return html`<p><a rel="next" href="${withQuery(address, query)}">${texts.next}</a></p>`;
}

export function withQuery(address: string, query: Record<string, string | null | undefined>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length > 0 ? `${address}?${new URLSearchParams(given).toString()}` : address;
}

/** UTC, for comparing with log lines. */
export function time(at: Date | null, never: string): Html {
  if (!at) return html`${never}`;
  const iso = at.toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')}</time>`;
}
