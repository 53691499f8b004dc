import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, type Tables } from '../../../../platform/database/query.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { Schedule } from '../../../../platform/schedules/schedule.js';
import { acrossSchools, currentSchool, inSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import { ExamDeadlineNear } from '../domain/exam-events.js';
import type { ExamSchema } from '../domain/exam.js';

/** So long before it, somebody is told of the deadline: a day to think it over. */
const LEAD_MS = 86_400_000;
const PORTION = 500;

interface DueDeadline {
  readonly id: Id;
  readonly schoolId: Id;
  readonly cancelBy: Date;
}

/** Tells in time that an exam will soon no longer be free to cancel. */
@Injectable()
export class ExamDeadlines {
  constructor(
    readonly em: EntityManager,
    private readonly outbox: Outbox,
  ) {}

  @Schedule('bookings.exam-deadlines', { every: { minutes: 5 } })
  async tell(now: Date): Promise<void> {
    for (let due = await this.due(now); due.length > 0; due = await this.due(now)) {
      for (const each of due) await inSchool(each.schoolId, () => this.announce(each));
    }
  }

  private due(now: Date): Promise<DueDeadline[]> {
    return acrossSchools('deadlines of exams come near in every school at once', () =>
      globalQuery<Tables<typeof ExamSchema>>(this.em)
        .selectFrom('exams')
        .select(['id', 'school_id as schoolId', 'cancel_by as cancelBy'])
        .where('state', '=', 'planned')
        .where('deadline_told', '=', false)
        .where('cancel_by', '>', now)
        .where('cancel_by', '<=', new Date(now.getTime() + LEAD_MS))
        .orderBy('cancel_by')
        .limit(PORTION)
        .execute(),
    );
  }

  /** Once: whoever sets the mark tells of it. */
  @Transaction()
  private async announce({ id, cancelBy }: DueDeadline): Promise<void> {
    const { numUpdatedRows } = await globalQuery<Tables<typeof ExamSchema>>(this.em)
      .updateTable('exams')
      // Calendars show nothing of it.
      .set((row) => ({ deadline_told: true, changed_at: row.ref('changed_at') }))
      .where('school_id', '=', bin(currentSchool()))
      .where('id', '=', bin(id))
      .where('deadline_told', '=', false)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 1n)
      await this.outbox.record(new ExamDeadlineNear({ examId: id, cancelBy: cancelBy.toISOString() }));
  }
}
