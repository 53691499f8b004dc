import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { Html, html } from './html.js';
import { STYLES } from './styles.js';

export interface Page {
  title: string;
  lang?: 'da' | 'en';
  body: Html;
  /** The entry of the navigation that is marked; pages for customers have no navigation. */
  at?: 'home' | 'mailbox' | 'stripe' | 'receiver' | 'findkoreskole' | 'e-teori';
  script?: string;
}

const NAVIGATION = [
  ['home', '/', 'Overview'],
  ['mailbox', '/mailbox', 'Mailbox'],
  ['stripe', '/stripe', 'Payments'],
  ['receiver', '/receiver', 'Webhooks'],
  ['findkoreskole', '/findkoreskole', 'Directory'],
  ['e-teori', '/e-teori', 'Theory'],
] as const;

/** Sends the page with a policy under which nothing from elsewhere is loaded or run. */
export function sendPage(reply: FastifyReply, page: Page, status = 200): FastifyReply {
  const script = page.script
    ? `; script-src 'sha256-${createHash('sha256').update(page.script).digest('base64')}'`
    : '';
  return reply
    .status(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header(
      'content-security-policy',
      `default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-src 'self'; connect-src 'self'${script}`,
    )
    .send(documentOf(page).markup);
}

function documentOf({ title, lang = 'en', body, at, script }: Page): Html {
  return html`<!doctype html>
    <html lang="${lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link
          rel="icon"
          href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%230f766e'/%3E%3Cpath d='M9 20l4-9 5 6 5-8' stroke='white' stroke-width='3' fill='none' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E"
        />
        <style>
          ${new Html(STYLES)}
        </style>
      </head>
      <body>
        ${at && navigation(at)} ${body} ${script && new Html(`<script>${script}</script>`)}
      </body>
    </html>`;
}

function navigation(at: string): Html {
  const links = NAVIGATION.map(
    ([name, path, label]) => html`<a href="${path}" ${name === at && new Html('aria-current="page"')}>${label}</a>`,
  );
  return html`<header class="top">
    <strong>Sandbox</strong>
    <nav aria-label="Sandbox">${links}</nav>
    <span class="hint">Nothing here leaves this machine</span>
  </header>`;
}
