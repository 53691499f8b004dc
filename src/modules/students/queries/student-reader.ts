import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Asked } from '../../../platform/database/list.js';
import { bin, schoolQuery } from '../../../platform/database/query.js';
import type { Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import { SortNotPossible, StudentNotFound } from '../domain/student-problems.js';
import type { StudentDetails } from '../domain/student.js';
import { ofStudents, OwnStudents } from './own-students.js';
import {
  studentList,
  wardList,
  type StudentsAsked,
  type StudentSummary,
  type StudentTables,
  summaryColumns,
} from './student-list.js';
import { StudentSearch } from './student-search.js';

export interface StudentView extends StudentSummary, StudentDetails {}

@Injectable()
export class StudentReader {
  constructor(
    private readonly em: EntityManager,
    private readonly ownStudents: OwnStudents,
    private readonly search: StudentSearch,
  ) {}

  /** The school's students. For staff. @throws SortNotPossible */
  async list({ q, ...asked }: StudentsAsked): Promise<Page<StudentSummary>> {
    const isByTime = asked.enrolledFrom !== undefined || asked.enrolledBefore !== undefined;
    if (asked.sort && (q !== undefined || (isByTime && !asked.sort.endsWith('createdAt')))) throw new SortNotPossible();
    if (q !== undefined) return this.search.page({ ...asked, sort: undefined, q });
    return studentList.page(this.students, isByTime ? { sort: 'createdAt', ...asked } : asked);
  }

  /** The students under age for whom the reader answers. */
  async wards(actor: Actor, asked: Asked<typeof studentList>): Promise<Page<StudentSummary>> {
    const wards = await this.ownStudents.wardsOf(actor);
    const ids = wards.map(({ id }) => id);
    return wardList.page(this.students.where(ofStudents(ids, 'students.id')), asked);
  }

  /** @throws StudentNotFound also when the reader may not know the student */
  async get(actor: Actor, id: Id): Promise<StudentView> {
    if (!(await this.ownStudents.includes(actor, id))) throw new StudentNotFound();
    return this.byId(id);
  }

  /** The student the reader himself is. @throws StudentNotFound */
  async own(actor: Actor): Promise<StudentView> {
    return orNotFound(await this.details.where('user_id', '=', actor.userId && bin(actor.userId)).executeTakeFirst());
  }

  /** For callers that have checked already who is asking. @throws StudentNotFound */
  async byId(id: Id): Promise<StudentView> {
    return orNotFound(await this.details.where('id', '=', bin(id)).executeTakeFirst());
  }

  private get students() {
    return schoolQuery<StudentTables>(this.em).selectFrom('students').select(summaryColumns);
  }

  private get details() {
    return this.students.select(['birth_date as birthDate', 'address_line as addressLine', 'postcode', 'city']);
  }
}

function orNotFound(row: StudentView | undefined): StudentView {
  if (!row) throw new StudentNotFound();
  return row;
}
