import { Injectable } from '@nestjs/common';
import { isDuplicateKey } from '../../../platform/database/transaction.js';
import { Schedule } from '../../../platform/schedules/schedule.js';
import { acrossSchools, inSchool } from '../../../platform/tenancy/tenancy.js';
import { DueReminders, type DueReminder } from '../queries/due-reminders.js';
import { QueueReminders } from '../use-cases/queue-reminders.js';

/** Reminds students of their lessons, at the school's lead time before each. */
@Injectable()
export class RemindersSchedule {
  constructor(
    private readonly due: DueReminders,
    private readonly queue: QueueReminders,
  ) {}

  /** After an outage the late ones still go out, as long as the lesson has not begun. */
  @Schedule('notifications.reminders', { every: { seconds: 20 } })
  async remind(now: Date): Promise<void> {
    for (;;) {
      const lessons = await acrossSchools('reminders fall due in every school at once', () => this.due.at(now));
      if (lessons.length === 0) return;
      for (const [schoolId, ofSchool] of Map.groupBy(lessons, (each) => each.schoolId)) {
        if (!(await inSchool(schoolId, () => this.decide(ofSchool)))) return;
      }
    }
  }

  /** @returns false when another process is deciding the same ones: what it leaves is due at the next run */
  private async decide(due: readonly DueReminder[]): Promise<boolean> {
    try {
      await this.queue.execute(due);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }
}
