import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { globalQuery, type Tables } from '../../../../platform/database/query.js';
import { Schedule } from '../../../../platform/schedules/schedule.js';
import { acrossSchools } from '../../../../platform/tenancy/tenancy.js';
import type { ReminderSchema } from '../../domain/reminder.js';
import type { InboxItemSchema } from '../domain/inbox-item.js';

const dayMs = 86_400_000;
const keptReadMs = 90 * dayMs;
const keptUnreadMs = 365 * dayMs;
/** No lesson is moved to a time so long ago. */
const keptRemindersMs = 60 * dayMs;
const portion = 2_000;

/** Forgets what was read 90 days ago, what nobody has read for a year, and the marks of reminders long past. */
@Injectable()
export class ForgetInboxes {
  constructor(private readonly em: EntityManager) {}

  @Schedule('notifications.forget-inboxes', { daily: '03:30' })
  forget(now: Date): Promise<void> {
    const before = (age: number) => new Date(now.getTime() - age);
    return acrossSchools('inboxes grow old in every school', async () => {
      const items = () => this.db.deleteFrom('inbox_items').limit(portion);
      await whole(() => items().where('read_at', '<', before(keptReadMs)));
      await whole(() => items().where('read_at', 'is', null).where('created_at', '<', before(keptUnreadMs)));
      const reminders = () => this.db.deleteFrom('reminders').limit(portion);
      await whole(() => reminders().where('starts_at', '<', before(keptRemindersMs)));
    });
  }

  private get db() {
    return globalQuery<Tables<typeof InboxItemSchema | typeof ReminderSchema>>(this.em);
  }
}

interface Deletion {
  executeTakeFirstOrThrow(): Promise<{ readonly numDeletedRows: bigint }>;
}

/** Portion by portion: a long delete would hold its locks as long. */
async function whole(deletion: () => Deletion): Promise<void> {
  for (;;) {
    const { numDeletedRows } = await deletion().executeTakeFirstOrThrow();
    if (numDeletedRows < BigInt(portion)) return;
  }
}
