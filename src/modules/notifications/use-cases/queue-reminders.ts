import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { bin, globalQuery, type Tables } from '../../../platform/database/query.js';
import { afterCommit, Transaction } from '../../../platform/database/transaction.js';
import { Metrics } from '../../../platform/observability/metrics/metrics.js';
import { traitsOf, type MessageKind } from '../domain/message-kinds.js';
import { decideReminder, type ReminderDecision } from '../domain/reminder-rule.js';
import type { RemindedOf, ReminderSchema } from '../domain/reminder.js';
import type { DueReminder } from '../queries/due-reminders.js';
import { LastTold } from '../queries/last-told.js';
import { QueueMessages } from './queue-messages.js';

const kinds = {
  lesson: 'lesson_reminder',
  class: 'class_reminder',
  exam: 'exam_reminder',
} as const satisfies Record<RemindedOf, MessageKind>;

type Decided = DueReminder & ReminderDecision;

/** Decides the due reminders of one school: marks each, and queues those that are of use, in one transaction. */
@Injectable()
export class QueueReminders {
  private readonly decided: Counter<'about' | 'outcome'>;

  constructor(
    readonly em: EntityManager,
    private readonly queue: QueueMessages,
    private readonly lastTold: LastTold,
    metrics: Metrics,
  ) {
    this.decided = metrics.counter({
      name: 'reminders_total',
      help: 'Reminders by what was decided: queued, needless because the reader had just heard of it, or dropped because it came too late.',
      labelNames: ['about', 'outcome'],
    });
  }

  /** @throws Error for a duplicate key when another process has decided one of them meanwhile */
  @Transaction()
  async execute(due: readonly DueReminder[], now: Date): Promise<void> {
    const lastTold = await this.lastTold.of(due);
    const decided = due.map((each) => ({ ...each, ...decideReminder({ ...each, lastTold: lastTold(each) }, now) }));
    await this.mark(decided);
    await this.queue.execute(decided.filter(({ outcome }) => outcome === 'queued').map(orderOf));
    afterCommit(() => {
      for (const { about, outcome } of decided) this.decided.inc({ about, outcome });
    });
  }

  private async mark(decided: readonly Decided[]): Promise<void> {
    const marks = decided.flatMap((each) =>
      traitsOf(kinds[each.about]).channels.map((channel) => ({
        school_id: bin(each.schoolId),
        subject_id: bin(each.subjectId),
        starts_at: each.startsAt,
        lead_minutes: each.leadMinutes,
        user_id: bin(each.userId),
        channel,
        outcome: each.outcome,
        reason: each.reason,
      })),
    );
    await globalQuery<Tables<typeof ReminderSchema>>(this.em).insertInto('reminders').values(marks).execute();
  }
}

function orderOf({ about, subjectId, userId, startsAt, leadMinutes }: Decided) {
  const start = startsAt.toISOString();
  return {
    kind: kinds[about],
    userId,
    subjectId,
    cause: `${subjectId}:${start}:${leadMinutes}`,
    params: { startsAt: start, leadMinutes: String(leadMinutes) },
    happensAt: startsAt,
  };
}
