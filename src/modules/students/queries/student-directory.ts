import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, bins, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import type { LicenceClass } from '../../schools/index.js';
import type { GuardianshipSchema } from '../domain/guardianship.js';
import { StudentNotFound } from '../domain/student-problems.js';
import type { StudentStatus } from '../domain/student-status.js';
import type { StudentSchema } from '../domain/student.js';

export interface StudentRecord {
  readonly id: Id;
  readonly userId: Id;
  readonly resourceId: number;
  readonly name: string;
  readonly email: string;
  readonly phone: string | null;
  readonly birthDate: LocalDate | null;
  readonly licenceClass: LicenceClass;
  readonly status: StudentStatus;
  readonly addressLine: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
}

type Db = Tables<typeof StudentSchema | typeof GuardianshipSchema>;

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

  /** Those of the students that there are, in no order. */
  async several(ids: readonly Id[]): Promise<StudentRecord[]> {
    return ids.length === 0 ? [] : this.students.where('id', 'in', bins(ids)).execute();
  }

  /** The student a user is at this school, or null. */
  async byUser(userId: Id): Promise<StudentRecord | null> {
    return (await this.students.where('user_id', '=', bin(userId)).executeTakeFirst()) ?? null;
  }

  /** The students somebody is put down as guardian of, grown-ups among them. */
  underGuardian(userId: Id): Promise<StudentRecord[]> {
    const wards = schoolQuery<Db>(this.em)
      .selectFrom('guardianships')
      .select('student_id')
      .where('user_id', '=', bin(userId));
    return this.students.where('id', 'in', wards).execute();
  }

  /** The logins of some students. */
  async usersOf(ids: readonly Id[]): Promise<Id[]> {
    return (await this.several(ids)).map(({ userId }) => userId);
  }

  private get students() {
    return schoolQuery<Db>(this.em)
      .selectFrom('students')
      .select([
        'id',
        'user_id as userId',
        'resource_id as resourceId',
        'name',
        'email',
        'phone',
        'birth_date as birthDate',
      ])
      .select(['licence_class as licenceClass', 'status', 'address_line as addressLine', 'postcode', 'city']);
  }
}
