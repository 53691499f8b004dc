import { smsParts } from '../twilio/segments.js';
import { type Html, html } from './html.js';
import type { Message } from './messages.js';
import { clockTime } from './money.js';

/** The open message: an e-mail as it looks, an SMS cut as it travels. */
export function detail(message: Message): Html {
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
      ${facts}${textMessage(message)}`;
  }
  const base = `/mailbox/emails/${message.id}`;
  return html`<h1>${message.subject || '(no subject)'}</h1>
    ${message.duplicateOf && html`<p class="alert">The same Message-ID was delivered before: <a href="/mailbox?id=${message.duplicateOf}">the first one</a>.</p>`}
    ${facts}${attachments(message, base)}
    ${message.html === null ? html`<pre class="card">${message.text}</pre>` : rendered(message, base)}${headers(message)}`;
}

/** Each SMS that the text was sent as in a bubble of its own. */
function textMessage({ text }: Message): Html {
  const { encoding, parts } = smsParts(text);
  const bubbles = parts.map((part) => html`<li class="bubble"><pre dir="auto">${part}</pre></li>`);
  return html`<ol class="bubbles">
      ${bubbles}
    </ol>
    <p class="small soft">${Array.from(text).length} characters in ${encoding}, sent as ${parts.length} SMS</p>`;
}

function headers(message: Message): Html {
  const rows = message.headers.map(
    ({ name, value }) =>
      html`<dt>${name}</dt>
        <dd>${value}</dd>`,
  );
  return html`<details>
    <summary>Headers</summary>
    <dl class="facts">${rows}</dl>
  </details>`;
}

function rendered(message: Message, base: string): Html {
  return html`<fieldset class="widths">
      <legend class="small soft">Shown</legend>
      <label><input type="radio" name="width" checked />as wide as this page</label>
      <label><input type="radio" name="width" class="phone" />on a phone</label>
    </fieldset>
    <iframe
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
