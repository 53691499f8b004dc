import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import type { Message } from '../domain/message.js';
import type { ReminderSchema } from '../domain/reminder.js';

/** Whether a reminder has been overtaken by a nearer one, while its provider was away or in quiet hours. */
@Injectable()
export class NearerReminders {
  constructor(private readonly em: EntityManager) {}

  async standFor({ subjectId, userId, params }: Pick<Message, 'subjectId' | 'userId' | 'params'>): Promise<boolean> {
    const { startsAt, leadMinutes, copyOf } = params;
    if (!startsAt || !leadMinutes) return false;
    const row = await schoolQuery<Tables<typeof ReminderSchema>>(this.em)
      .selectFrom('reminders')
      .select('lead_minutes')
      .where('subject_id', '=', bin(subjectId))
      .where('starts_at', '=', new Date(startsAt))
      .where('lead_minutes', '<', Number(leadMinutes))
      .where('user_id', '=', bin((copyOf ?? userId) as Id))
      .where('outcome', '=', 'queued')
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }
}
