import { html } from '../../http/html.js';
import type { ScheduleRow } from '../schedule-list.js';
import { button, operationsPage, table, time, type View } from './layout.js';
import { operationsTexts } from './texts.js';

export function schedulesPage(schedules: readonly ScheduleRow[], view: View): string {
  const texts = operationsTexts[view.language];
  const heads = [texts.name, texts.nextRun, texts.lastRun, texts.finished, texts.error, texts.action];
  const rows = schedules.map(({ name, nextRunAt, lastStartedAt, lastFinishedAt, lastError, isOverdue }) => [
    name,
    html`<span class="${isOverdue ? 'wrong' : ''}">${time(nextRunAt, '')}</span>`,
    time(lastStartedAt, texts.never),
    time(lastFinishedAt, texts.never),
    lastError ?? '',
    button(texts.run, '/ops/schedules/run', { name }, true),
  ]);
  return operationsPage(
    'schedules',
    view,
    html`<p>${texts.schedulesHint}</p>
      ${table(texts, heads, rows)}`,
  );
}
