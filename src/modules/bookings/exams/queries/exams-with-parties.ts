import type { EntityManager } from '@mikro-orm/mysql';
import { schoolQuery, type Tables } from '../../../../platform/database/query.js';
import type { TeacherSchema, VehicleSchema } from '../../../schools/index.js';
import type { StudentSchema } from '../../../students/index.js';
import type { ExamSchema } from '../domain/exam.js';

export type ExamTables = Tables<typeof ExamSchema | typeof StudentSchema | typeof TeacherSchema | typeof VehicleSchema>;

/** The current school's exams, joined with everybody and everything they name. */
export function examsWithParties(em: EntityManager) {
  return schoolQuery<ExamTables>(em)
    .selectFrom('exams')
    .innerJoin('students', (on) =>
      on.onRef('students.school_id', '=', 'exams.school_id').onRef('students.id', '=', 'exams.student_id'),
    )
    .leftJoin('teachers', (on) =>
      on.onRef('teachers.school_id', '=', 'exams.school_id').onRef('teachers.id', '=', 'exams.teacher_id'),
    )
    .leftJoin('vehicles', (on) =>
      on.onRef('vehicles.school_id', '=', 'exams.school_id').onRef('vehicles.id', '=', 'exams.vehicle_id'),
    );
}
