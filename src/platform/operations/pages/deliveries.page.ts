import { html } from '../../http/html.js';
import type { Page } from '../../http/paging.js';
import type { DeliveryFilter, DeliveryRow } from '../delivery-list.js';
import { button, nextPage, operationsPage, table, time, type View, withQuery } from './layout.js';
import { operationsTexts } from './texts.js';

const address = '/ops/deliveries';

/** Dead letters with what can be done about them, or deliveries on their way. */
export function deliveriesPage(
  { items, nextCursor }: Page<DeliveryRow>,
  { state, handler }: Pick<DeliveryFilter, 'state' | 'handler'>,
  view: View,
): string {
  const texts = operationsTexts[view.language];
  const isDead = state === 'dead';
  const heads = [texts.event, texts.handler, texts.school, texts.happened, texts.due, texts.failures, texts.error];
  const rows = items.map((row) => [
    row.event,
    html`<a href="${withQuery(address, { state, handler: row.handler })}">${row.handler}</a>`,
    row.schoolId ?? '',
    time(row.occurredAt, ''),
    time(row.dueAt, ''),
    String(row.failures),
    row.lastError ?? '',
    ...(isDead ? [actions(row)] : []),
  ]);
  return operationsPage(
    state,
    view,
    html`<p>${isDead ? texts.deadHint : texts.openHint}</p>
      ${handler ? html`<p>${handler} · <a href="${withQuery(address, { state })}">${texts.allHandlers}</a></p>` : ''}
      ${isDead && items.length > 0 ? retryAll() : ''} ${table(texts, isDead ? [...heads, texts.action] : heads, rows)}
      ${nextPage(texts, address, { state, handler, cursor: nextCursor })}`,
  );

  function actions(row: DeliveryRow) {
    const letter = { eventId: row.eventId, handler: row.handler };
    return html`${button(texts.retry, `${address}/retry`, letter)}${button(texts.discard, `${address}/discard`, letter, true)}`;
  }

  function retryAll() {
    return handler
      ? button(texts.retryAllOf, `${address}/retry-all`, { handler })
      : button(texts.retryAll, `${address}/retry-all`, {});
  }
}
