import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, bins, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import type { LicenceClass } from '../../schools/index.js';
import { StudentNotFound } from '../domain/student-problems.js';
import type { StudentStatus } from '../domain/student-status.js';
import { StudentSchema } from '../domain/student.js';

export interface StudentRecord {
  readonly id: Id;
  readonly userId: Id;
  readonly resourceId: number;
  readonly name: string;
  readonly email: string;
  readonly phone: string | null;
  readonly licenceClass: LicenceClass;
  readonly status: StudentStatus;
  readonly addressLine: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
}

/** The students of the current school, for other modules. */
@Injectable()
export class StudentDirectory {
  constructor(private readonly em: EntityManager) {}

  /** @throws StudentNotFound */
  async get(id: Id): Promise<StudentRecord> {
    const row = await this.students.where('id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new StudentNotFound();
    return row;
  }

  /** The student a user is at this school, or null. */
  async byUser(userId: Id): Promise<StudentRecord | null> {
    return (await this.students.where('user_id', '=', bin(userId)).executeTakeFirst()) ?? null;
  }

  /** The logins of some students. */
  async usersOf(ids: readonly Id[]): Promise<Id[]> {
    if (ids.length === 0) return [];
    const rows = await this.students.where('id', 'in', bins(ids)).execute();
    return rows.map(({ userId }) => userId);
  }

  private get students() {
    return schoolQuery<Tables<typeof StudentSchema>>(this.em)
      .selectFrom('students')
      .select(['id', 'user_id as userId', 'resource_id as resourceId', 'name', 'email', 'phone'])
      .select(['licence_class as licenceClass', 'status', 'address_line as addressLine', 'postcode', 'city']);
  }
}
