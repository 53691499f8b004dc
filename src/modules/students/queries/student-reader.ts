import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { type Asked, byAge, byText, is, List } from '../../../platform/database/list.js';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import { StudentNotFound } from '../domain/student-problems.js';
import { mayReadStudent, type Reader } from '../domain/student-policy.js';
import type { StudentStatus } from '../domain/student-status.js';
import { StudentSchema, type StudentDetails } from '../domain/student.js';

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
  constructor(private readonly em: EntityManager) {}

  /** The school's students, in the order of what is looked for unless another is asked for. For staff. */
  list(asked: StudentsAsked): Promise<Page<StudentSummary>> {
    if (!asked.q) return studentList.page(this.students, asked);
    const column = asked.q.includes('@') ? 'email' : 'name';
    const found = this.students.where(column, 'like', `${escapeLike(asked.q)}%`);
    return studentList.page(found, { ...asked, sort: asked.sort ?? column });
  }

  /** @throws StudentNotFound also when the reader may not know the student */
  async get(actor: Actor, id: Id): Promise<StudentView> {
    return asSeenBy(actor, await this.details.where('id', '=', bin(id)).executeTakeFirst());
  }

  /** The student the reader himself is. @throws StudentNotFound */
  async own(actor: Actor): Promise<StudentView> {
    return asSeenBy(actor, await this.details.where('user_id', '=', bin(actor.userId)).executeTakeFirst());
  }

  /** For callers that have checked already who is asking. @throws StudentNotFound */
  async byId(id: Id): Promise<StudentView> {
    return asSeenBy({ isStaff: true }, await this.details.where('id', '=', bin(id)).executeTakeFirst());
  }

  private get students() {
    return schoolQuery<Tables<typeof StudentSchema>>(this.em)
      .selectFrom('students')
      .select(['id', 'name', 'email', 'phone', 'licence_class as licenceClass', 'status', 'created_at as createdAt']);
  }

  private get details() {
    return this.students
      .select(['user_id as userId', 'birth_date as birthDate'])
      .select(['address_line as addressLine', 'postcode', 'city']);
  }
}

type StudentRow = StudentView & { readonly userId: Id };

function asSeenBy(reader: Reader, row: StudentRow | undefined): StudentView {
  if (!row || !mayReadStudent(reader, row)) throw new StudentNotFound();
  const { userId: _, ...student } = row;
  return student;
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&');
}
