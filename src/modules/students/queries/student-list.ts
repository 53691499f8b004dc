import { sql } from 'kysely';
import { type Asked, byInstant, byText, is, List, type ListFilter } from '../../../platform/database/list.js';
import type { Tables } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import type { StudentSearchWordSchema } from '../domain/search-words.js';
import type { StudentStatus } from '../domain/student-status.js';
import { type StudentDetails, StudentSchema } from '../domain/student.js';

export type StudentTables = Tables<typeof StudentSchema | typeof StudentSearchWordSchema>;

export interface StudentSummary {
  readonly id: Id;
  readonly name: string;
  readonly email: string;
  readonly phone: string | null;
  readonly licenceClass: StudentDetails['licenceClass'];
  readonly status: StudentStatus;
  readonly createdAt: Date;
}

export const summaryColumns = [
  'students.id',
  'students.name',
  'students.email',
  'students.phone',
  'students.licence_class as licenceClass',
  'students.status',
  'students.created_at as createdAt',
] as const;

const enrolledFrom: ListFilter<Date> = (from) => sql`students.created_at >= ${from}`;
const enrolledBefore: ListFilter<Date> = (before) => sql`students.created_at < ${before}`;

export const studentFilters = {
  status: is<StudentStatus>('students.status'),
  licenceClass: is<StudentDetails['licenceClass']>('students.licence_class'),
  enrolledFrom,
  enrolledBefore,
};

const options = {
  id: 'students.id',
  sorts: { name: byText('students.name'), createdAt: byInstant('students.created_at') },
  defaultSort: 'name',
  filters: studentFilters,
} as const;

export const studentList = new List({ ...options, of: StudentSchema });

/** A few students by their ids, which no index of an order finds faster. */
export const wardList = new List(options);

export interface StudentsAsked extends Asked<typeof studentList> {
  /** The beginnings of words of a student: of the name, the address, the number, the postcode. */
  readonly q?: string;
}
