import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { globalQuery, type Tables } from '../../../platform/database/query.js';
import type { RemindedOf, ReminderLookSchema } from '../domain/reminder.js';

/** How far it has been looked for reminders; of all schools at once. */
@Injectable()
export class ReminderLooks {
  constructor(private readonly em: EntityManager) {}

  /** Null: nobody has looked yet. */
  async until(about: RemindedOf): Promise<Date | null> {
    const row = await this.db
      .selectFrom('reminder_looks')
      .select('until')
      .where('about', '=', about)
      .executeTakeFirst();
    return row?.until ?? null;
  }

  async note(about: RemindedOf, until: Date): Promise<void> {
    await this.db.insertInto('reminder_looks').values({ about, until }).onDuplicateKeyUpdate({ until }).execute();
  }

  private get db() {
    return globalQuery<Tables<typeof ReminderLookSchema>>(this.em);
  }
}
