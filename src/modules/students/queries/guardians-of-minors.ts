import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bins, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { localDate } from '../../../platform/values/zone.js';
import { Scheduling } from '../../schools/index.js';
import type { GuardianshipSchema } from '../domain/guardianship.js';
import { isMinor } from '../domain/majority.js';
import type { StudentSchema } from '../domain/student.js';

/** A student under age and somebody who answers for him, by their logins. */
export interface WardAndGuardian {
  readonly studentUserId: Id;
  readonly studentName: string;
  readonly guardianUserId: Id;
}

/** Who answers today for students of the current school. */
@Injectable()
export class GuardiansOfMinors {
  constructor(
    private readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly clock: Clock,
  ) {}

  /** Of those of the people who are students under age in the school's zone today; all others have none. */
  async of(userIds: readonly Id[]): Promise<WardAndGuardian[]> {
    if (userIds.length === 0) return [];
    const rows = await schoolQuery<Tables<typeof StudentSchema | typeof GuardianshipSchema>>(this.em)
      .selectFrom('students')
      .innerJoin('guardianships', (on) =>
        on
          .onRef('guardianships.school_id', '=', 'students.school_id')
          .onRef('guardianships.student_id', '=', 'students.id'),
      )
      .select(['students.user_id as studentUserId', 'students.name as studentName'])
      .select(['students.birth_date as birthDate', 'guardianships.user_id as guardianUserId'])
      .where('students.user_id', 'in', bins(userIds))
      .execute();
    if (rows.length === 0) return [];
    const today = localDate(this.clock.now(), (await this.scheduling.school()).zone);
    return rows.filter(({ birthDate }) => isMinor(birthDate, today));
  }
}
