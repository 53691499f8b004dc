import { Injectable } from '@nestjs/common';
import { Schedule } from '../../../platform/schedules/schedule.js';
import { acrossSchools, inSchool } from '../../../platform/tenancy/tenancy.js';
import { DueDigests } from '../queries/due-digests.js';
import { QueueDigests } from '../use-cases/queue-digests.js';

/** Sends teachers the list of their next day, at the school's time of the evening before. */
@Injectable()
export class TeacherDigestsSchedule {
  constructor(
    private readonly due: DueDigests,
    private readonly queue: QueueDigests,
  ) {}

  /** After an outage until midnight: then tomorrow is another day. */
  @Schedule('notifications.teacher-digests', { every: { minutes: 1 } })
  async send(now: Date): Promise<void> {
    const find = () => acrossSchools('evening comes to every school at once', () => this.due.find(now));
    for (let due = await find(); due.length > 0; due = await find()) {
      for (const each of due) await inSchool(each.schoolId, () => this.queue.execute(each));
    }
  }
}
