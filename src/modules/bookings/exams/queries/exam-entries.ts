import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { type CalendarAsked, type CalendarEntry, ListsCalendarEntries } from '../../ports/calendar-entries.js';
import { ofOwner } from '../../queries/of-owner.js';
import { examEntry } from '../domain/exam-entry.js';
import { examsWithParties } from './exams-with-parties.js';

const columns = { teacher: 'exams.teacher_id', student: 'exams.student_id', vehicle: 'exams.vehicle_id' } as const;

/** Exams in calendars. */
@Injectable()
export class ExamEntries {
  constructor(private readonly em: EntityManager) {}

  @ListsCalendarEntries('exams')
  async list(asked: CalendarAsked): Promise<CalendarEntry[]> {
    const exams = await examsOf(this.em, asked);
    return exams.map((exam) => examEntry(exam, asked));
  }
}

function examsOf(em: EntityManager, { owner, range, cancelledSince, limit }: CalendarAsked) {
  return (
    examsWithParties(em)
      // Exams first, in the order of their index.
      .modifyFront(sql`straight_join`)
      .select(['exams.id', 'exams.state', 'exams.version', 'exams.changed_at as changedAt', 'exams.place'])
      .select(['exams.starts_at as startsAt', 'exams.ends_at as endsAt', 'exams.kind'])
      .select(['exams.licence_class as licenceClass'])
      .select(['students.name as studentName', 'teachers.name as teacherName', 'vehicles.name as vehicle'])
      .where('exams.starts_at', '>=', range.start)
      .where('exams.starts_at', '<', range.end)
      .where((row) => row.or([row('exams.state', '<>', 'cancelled'), row('exams.cancelled_at', '>=', cancelledSince)]))
      .where(ofOwner(owner, columns))
      .orderBy('exams.starts_at')
      .orderBy('exams.id')
      .limit(limit)
      .execute()
  );
}
