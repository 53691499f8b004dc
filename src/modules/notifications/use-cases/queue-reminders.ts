import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bins, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import type { Id } from '../../../platform/values/id.js';
import { traitsOf } from '../domain/message-kinds.js';
import type { MessageSchema } from '../domain/message.js';
import { isReminderWanted } from '../domain/reminder-rule.js';
import { Reminder } from '../domain/reminder.js';
import type { DueReminder } from '../queries/due-reminders.js';
import { QueueMessages } from './queue-messages.js';

/** Decides the due reminders of one school: marks each, and queues those that are wanted, in one transaction. */
@Injectable()
export class QueueReminders {
  constructor(
    readonly em: EntityManager,
    private readonly queue: QueueMessages,
  ) {}

  @Transaction()
  async execute(due: readonly DueReminder[]): Promise<void> {
    for (const lesson of due) this.mark(lesson);
    const told = await this.lastTold(due.map((lesson) => lesson.bookingId));
    const wanted = due.filter((lesson) =>
      isReminderWanted(lesson, latest(lesson.bookedAt, told.get(lesson.bookingId))),
    );
    await this.queue.execute(
      wanted.map(({ bookingId, userId, startsAt, leadMinutes }) => ({
        kind: 'lesson_reminder' as const,
        userId,
        subjectId: bookingId,
        cause: `${bookingId}:${startsAt.toISOString()}:${leadMinutes}`,
        params: { startsAt: startsAt.toISOString() },
      })),
    );
  }

  private mark({ schoolId, bookingId, userId, startsAt, leadMinutes }: DueReminder): void {
    for (const channel of traitsOf('lesson_reminder').channels) {
      this.em.persist(Object.assign(new Reminder(), { schoolId, bookingId, startsAt, leadMinutes, userId, channel }));
    }
  }

  /** When each booking's time was last announced by us. */
  private async lastTold(bookingIds: readonly Id[]): Promise<Map<Id, Date>> {
    const rows = await schoolQuery<Tables<typeof MessageSchema>>(this.em)
      .selectFrom('messages')
      .select(({ fn }) => ['subject_id', fn.max('created_at').as('at')])
      .where('subject_id', 'in', bins(bookingIds))
      .where('kind', 'in', ['lesson_booked', 'lesson_moved'])
      .groupBy('subject_id')
      .execute();
    return new Map(rows.map((row) => [row.subject_id, row.at]));
  }
}

function latest(one: Date, other: Date | undefined): Date {
  return other && other > one ? other : one;
}
