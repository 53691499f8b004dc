import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { type Asked, byAge, byText, is, List } from '../../../platform/database/list.js';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import { StudentNotFound } from '../domain/student-problems.js';
import type { StudentStatus } from '../domain/student-status.js';
import { StudentSchema, type StudentDetails } from '../domain/student.js';
import { ofStudents, OwnStudents } from './own-students.js';

export interface StudentSummary {
  readonly id: Id;
  readonly name: string;
  readonly email: string;
  readonly phone: string | null;
  readonly licenceClass: StudentDetails['licenceClass'];
  readonly status: StudentStatus;
  readonly createdAt: Date;
}

export interface StudentView extends StudentSummary, StudentDetails {}

export const studentList = new List({
  sorts: { name: byText('name'), email: byText('email'), createdAt: byAge },
  defaultSort: 'name',
  filters: { status: is<StudentStatus>('status') },
});

export interface StudentsAsked extends Asked<typeof studentList> {
  /** The beginning of a name, or of an e-mail address when it has an @. */
  readonly q?: string;
}

@Injectable()
export class StudentReader {
  constructor(
    private readonly em: EntityManager,
    private readonly ownStudents: OwnStudents,
  ) {}

  /** The school's students, in the order of what is looked for unless another is asked for. For staff. */
  list(asked: StudentsAsked): Promise<Page<StudentSummary>> {
    if (!asked.q) return studentList.page(this.students, asked);
    const column = asked.q.includes('@') ? 'email' : 'name';
    const found = this.students.where(column, 'like', `${escapeLike(asked.q)}%`);
    return studentList.page(found, { ...asked, sort: asked.sort ?? column });
  }

  /** The students under age for whom the reader answers. */
  async wards(actor: Actor, asked: Asked<typeof studentList>): Promise<Page<StudentSummary>> {
    const wards = await this.ownStudents.wardsOf(actor);
    const ids = wards.map(({ id }) => id);
    return studentList.page(this.students.where(ofStudents(ids, 'id')), asked);
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
    return schoolQuery<Tables<typeof StudentSchema>>(this.em)
      .selectFrom('students')
      .select(['id', 'name', 'email', 'phone', 'licence_class as licenceClass', 'status', 'created_at as createdAt']);
  }

  private get details() {
    return this.students.select(['birth_date as birthDate', 'address_line as addressLine', 'postcode', 'city']);
  }
}

function orNotFound(row: StudentView | undefined): StudentView {
  if (!row) throw new StudentNotFound();
  return row;
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&');
}
