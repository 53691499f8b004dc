import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bins, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import type { MessageKind } from '../domain/message-kinds.js';
import type { MessageSchema } from '../domain/message.js';
import { reminderDueAt } from '../domain/reminder-rule.js';
import type { DueReminder } from './due-reminders.js';
import { storedJson } from '../../../platform/database/stored-json.js';

const never = new Date(0);

const tellsOfTime: readonly MessageKind[] = [
  'lesson_booked',
  'lesson_moved',
  'class_moved',
  'exam_planned',
  'exam_moved',
];

/** When readers last heard of the time of what they are to be reminded of. */
@Injectable()
export class LastTold {
  constructor(private readonly em: EntityManager) {}

  /** For some of the current school. */
  async of(due: readonly DueReminder[]): Promise<(reminder: DueReminder) => Date> {
    const alone = await this.alone(due.map(({ subjectId }) => subjectId));
    const together = await this.together(due.filter(({ wasChanged }) => wasChanged));
    return ({ subjectId, userId, madeAt }) => {
      const told = [madeAt, alone.get(`${subjectId}:${userId}`), together.get(`${subjectId}:${userId}`)];
      return new Date(Math.max(...told.map((at) => (at ?? never).getTime())));
    };
  }

  private async alone(subjectIds: readonly Id[]): Promise<Map<string, Date>> {
    const rows = await this.messages
      .select(({ fn }) => ['subject_id', 'user_id', fn.max('created_at').as('at')])
      .where('subject_id', 'in', bins([...new Set(subjectIds)]))
      .where('kind', 'in', tellsOfTime)
      .groupBy(['subject_id', 'user_id'])
      .execute();
    return new Map(rows.map((row) => [`${row.subject_id}:${row.user_id}`, row.at]));
  }

  /** Lessons that were moved with others: one message tells of them all. */
  private async together(due: readonly DueReminder[]): Promise<Map<string, Date>> {
    if (due.length === 0) return new Map();
    const earliest = Math.min(
      ...due.map(({ startsAt, leadMinutes }) => reminderDueAt(startsAt, leadMinutes).getTime()),
    );
    const rows = await this.messages
      .select(['user_id', 'params', 'created_at'])
      .where('user_id', 'in', bins([...new Set(due.map(({ userId }) => userId))]))
      .where('kind', '=', 'lessons_moved')
      .where('created_at', '>=', new Date(earliest))
      .orderBy('created_at')
      .execute();
    return new Map(
      rows.flatMap((row) => bookingsOf(row.params).map((id) => [`${id}:${row.user_id}`, row.created_at] as const)),
    );
  }

  private get messages() {
    return schoolQuery<Tables<typeof MessageSchema>>(this.em).selectFrom('messages');
  }
}

// One server hands JSON over as text, the other as a value.
function bookingsOf(stored: unknown): string[] {
  const params = storedJson(stored as { bookings?: string } | string);
  return params.bookings?.split(',') ?? [];
}
