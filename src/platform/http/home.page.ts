import { type Html, html, page } from './html.js';

/** The page at `/`: where to go from here. */
export function homePage(sandboxUrl: string | undefined): string {
  return page(
    'Just Driving',
    html`<h1>Just Driving</h1>
      <p>The backend that Danish driving schools run on.</p>
      <ul>
        <li>
          <a href="/docs">API documentation</a
          ><span>Try every call from the browser; sign in with POST /v1/auth/login, then “Authorize”.</span>
        </li>
        <li><a href="/openapi.json">OpenAPI document</a><span>For code generators.</span></li>
        <li>
          <a href="/ops">Operations</a
          ><span>Dead letters, schedules, webhooks, queues; for platform administrators.</span>
        </li>
        <li><a href="/health/ready">Health</a><span>What this process depends on.</span></li>
        ${sandboxUrl ? sandboxLinks(sandboxUrl) : ''}
      </ul>`,
  );
}

function sandboxLinks(sandboxUrl: string): Html {
  const at = (path: string) => new URL(path, sandboxUrl).href;
  return html`<li>
      <a href="${at('/mailbox')}">Mailbox</a><span>Every e-mail and SMS of this installation, in its sandbox.</span>
    </li>
    <li>
      <a href="${at('/stripe')}">Checkout and payments</a
      ><span>What the sandbox’s payment provider knows: checkout pages, payments, webhooks.</span>
    </li>`;
}
