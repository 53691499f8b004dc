import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import type { HeldTimes } from '../../domain/calendar/claim-holder.js';
import { HoldsClaims } from '../../ports/holds-claims.js';
import { namedIfAny, type DiaryAsked, type DiaryItem } from '../../domain/diary-item.js';
import { ShowsInDiary } from '../../ports/shows-in-diary.js';
import { HELD_PORTION, heldInPortions } from '../../queries/held-in-portions.js';
import { claimsOfExam } from '../domain/exam-claims.js';
import { occupyingExamStates, type ExamKind } from '../domain/exam-state.js';
import { examsWithParties } from './exams-with-parties.js';

const DAY = 86_400_000;
const titles: Record<ExamKind, string> = { theory: 'Teoriprøve', practical: 'Køreprøve' };

/** Exams as the diary shows them, and what each should have claimed. */
@Injectable()
export class ExamsInDiary {
  constructor(private readonly em: EntityManager) {}

  @ShowsInDiary('exam')
  async items({ range, teacherId, vehicleId }: DiaryAsked): Promise<DiaryItem[]> {
    const rows = await examsWithParties(this.em)
      .modifyFront(sql`straight_join`)
      .select(['exams.id', 'exams.state', 'exams.kind', 'exams.licence_class as licenceClass'])
      .select(['exams.starts_at as startsAt', 'exams.ends_at as endsAt'])
      .select(['exams.setup_minutes as setupMinutes', 'exams.buffer_minutes as bufferMinutes'])
      .select(['students.id as studentId', 'students.name as studentName'])
      .select(['teachers.id as teacherId', 'teachers.name as teacherName'])
      .select(['vehicles.id as vehicleId', 'vehicles.name as vehicleName'])
      .where('exams.starts_at', '>', new Date(range.start.getTime() - DAY))
      .where('exams.starts_at', '<', range.end)
      .where('exams.ends_at', '>', range.start)
      .where('exams.state', 'in', occupyingExamStates)
      .$if(teacherId !== undefined, (query) => query.where('exams.teacher_id', '=', bin(teacherId!)))
      .$if(vehicleId !== undefined, (query) => query.where('exams.vehicle_id', '=', bin(vehicleId!)))
      .orderBy('exams.starts_at')
      .orderBy('exams.id')
      .execute();
    return rows.map(({ id, state, kind, licenceClass, startsAt, endsAt, setupMinutes, bufferMinutes, ...names }) => ({
      kind: 'exam',
      id,
      state,
      title: `${titles[kind]} ${licenceClass}`,
      startsAt,
      endsAt,
      setupMinutes,
      bufferMinutes,
      student: { id: names.studentId, name: names.studentName },
      teacher: namedIfAny(names.teacherId, names.teacherName),
      vehicle: namedIfAny(names.vehicleId, names.vehicleName),
      trailer: null,
      facility: null,
      location: null,
    }));
  }

  @HoldsClaims({ what: 'exam', table: 'exams', occupying: occupyingExamStates })
  held(from: Date): HeldTimes {
    const read = (startsAt: Date, after: Id | undefined) => this.portion(startsAt, after);
    return heldInPortions(from, read, (exam) => ({ id: exam.id, claims: claimsOfExam(exam) }));
  }

  private portion(startsAt: Date, after: Id | undefined) {
    return examsWithParties(this.em)
      .select(['exams.id', 'exams.starts_at as startsAt', 'exams.ends_at as endsAt'])
      .select(['exams.setup_minutes as setupMinutes', 'exams.buffer_minutes as bufferMinutes'])
      .select(['students.resource_id as studentResourceId', 'teachers.resource_id as teacherResourceId'])
      .select('vehicles.resource_id as vehicleResourceId')
      .where('exams.state', 'in', occupyingExamStates)
      .where('exams.starts_at', '>=', startsAt)
      .$if(after !== undefined, (query) =>
        query.where((eb) => eb.or([eb('exams.starts_at', '>', startsAt), eb('exams.id', '>', bin(after!))])),
      )
      .orderBy('exams.starts_at')
      .orderBy('exams.id')
      .limit(HELD_PORTION)
      .execute();
  }
}
