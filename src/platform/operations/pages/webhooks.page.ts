import { html } from '../../http/html.js';
import type { Page } from '../../http/paging.js';
import { webhookStates, type WebhookState } from '../../webhooks/webhook-event.js';
import type { WebhookRow } from '../webhook-list.js';
import { button, nextPage, operationsPage, table, time, type View, withQuery } from './layout.js';
import { operationsTexts } from './texts.js';

const address = '/ops/webhooks';

export function webhooksPage(
  { items, nextCursor }: Page<WebhookRow>,
  state: WebhookState | undefined,
  view: View,
): string {
  const texts = operationsTexts[view.language];
  const heads = [texts.provider, texts.kind, texts.state, texts.received, texts.processed, texts.action];
  const rows = items.map(({ id, provider, kind, state: became, receivedAt, processedAt }) => [
    provider,
    kind,
    became,
    time(receivedAt, ''),
    time(processedAt, ''),
    button(texts.replay, `${address}/replay`, { webhookId: id }, true),
  ]);
  const filters = [undefined, ...webhookStates].map(
    (each) => html`<a href="${withQuery(address, { state: each })}">${each ?? texts.all}</a> `,
  );
  return operationsPage(
    'webhooks',
    view,
    html`<p>${texts.webhooksHint}</p>
      <p>${filters}</p>
      ${table(texts, heads, rows)} ${nextPage(texts, address, { state, cursor: nextCursor })}`,
  );
}
