import { type Html, html } from '../../http/html.js';
import type { OverviewView } from '../overview.js';
import { operationsPage, table, time, type View } from './layout.js';
import { operationsTexts } from './texts.js';

/** The first page: whether anything needs a hand, and what. */
export function overviewPage(overview: OverviewView, view: View): string {
  const texts = operationsTexts[view.language];
  const { deadLetters, waitingDeliveries, unprocessedWebhooks } = overview;
  const rows: [string, Html][] = [
    [texts.database, fine(overview.database === 'up', texts[overview.database])],
    [texts.redis, fine(overview.redis === 'up', texts[overview.redis])],
    [texts.dead, linked(deadLetters, '/ops/deliveries')],
    [texts.waiting, waiting(waitingDeliveries, '/ops/deliveries?state=open', overview.oldestWaiting)],
    [
      texts.unprocessed,
      waiting(unprocessedWebhooks, '/ops/webhooks?state=received', overview.oldestUnprocessedWebhook),
    ],
    [texts.overdue, names(overview.overdueSchedules)],
    [texts.failed, names(overview.failedSchedules)],
  ];
  const isWell = needsNoHand(overview);
  return operationsPage(
    'overview',
    view,
    html`<p class="${isWell ? 'good' : 'wrong'}">${isWell ? texts.allWell : texts.needsHand}</p>
      ${table(texts, [], rows)}`,
  );

  function waiting(number: number, href: string, oldest: Date | null): Html {
    return html`<a href="${href}">${String(number)}</a>${oldest ? html` · ${texts.since} ${time(oldest, '')}` : ''}`;
  }

  function names(list: readonly string[]): Html {
    return list.length === 0
      ? fine(true, texts.none)
      : html`<a class="wrong" href="/ops/schedules">${list.join(', ')}</a>`;
  }
}

function needsNoHand({ status, deadLetters, overdueSchedules, failedSchedules }: OverviewView): boolean {
  return status === 'ok' && deadLetters + overdueSchedules.length + failedSchedules.length === 0;
}

function linked(number: number, href: string): Html {
  return html`<a class="${number > 0 ? 'wrong' : 'good'}" href="${href}">${String(number)}</a>`;
}

function fine(isFine: boolean, text: string): Html {
  return html`<span class="${isFine ? 'good' : 'wrong'}">${text}</span>`;
}
