import { Injectable } from '@nestjs/common';
import { isDuplicateKey } from '../../../platform/database/transaction.js';
import { Schedule } from '../../../platform/schedules/schedule.js';
import { acrossSchools, inSchool } from '../../../platform/tenancy/tenancy.js';
import { remindedOf, type RemindedOf } from '../domain/reminder.js';
import { DueReminders, type DueReminder, type DueSpan } from '../queries/due-reminders.js';
import { ReminderLooks } from '../queries/reminder-looks.js';
import { QueueReminders } from '../use-cases/queue-reminders.js';

/** Reminds students of lessons, classes and exams, at the school's lead times before each. */
@Injectable()
export class RemindersSchedule {
  constructor(
    private readonly due: DueReminders,
    private readonly looks: ReminderLooks,
    private readonly queue: QueueReminders,
  ) {}

  /** After an outage it looks back as well, so that what has begun meanwhile is counted. */
  @Schedule('notifications.reminders', { every: { seconds: 20 } })
  async remind(now: Date): Promise<void> {
    for (const about of remindedOf) {
      const since = await this.looks.until(about);
      const span = { since: since && since < now ? since : now, now };
      if (await this.decideAll(about, span)) await this.looks.note(about, now);
    }
  }

  /** @returns false when another process is at it: what it leaves is due at the next run */
  private async decideAll(about: RemindedOf, span: DueSpan): Promise<boolean> {
    for (;;) {
      const due = await acrossSchools('reminders fall due in every school at once', () => this.due.find(about, span));
      if (due.length === 0) return true;
      for (const [schoolId, ofSchool] of Map.groupBy(due, (each) => each.schoolId)) {
        if (!(await inSchool(schoolId, () => this.decide(ofSchool, span.now)))) return false;
      }
    }
  }

  private async decide(due: readonly DueReminder[], now: Date): Promise<boolean> {
    try {
      await this.queue.execute(due, now);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }
}
