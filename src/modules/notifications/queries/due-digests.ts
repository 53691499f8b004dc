import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { globalQuery, type Tables } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import { addDays, localDate, localTime, type LocalDate } from '../../../platform/values/zone.js';
import type { SchoolSchema } from '../../schools/index.js';
import type { TeacherDigestSchema } from '../domain/teacher-digest.js';

export interface DueDigest {
  readonly schoolId: Id;
  readonly zone: string;
  /** The day that the list is of: tomorrow there. */
  readonly day: LocalDate;
}

const batch = 200;

/** Schools where it is late enough in the evening, and whose teachers have not got the list of tomorrow. */
@Injectable()
export class DueDigests {
  constructor(private readonly em: EntityManager) {}

  async find(now: Date): Promise<DueDigest[]> {
    const zones = await this.db.selectFrom('schools').select('zone').distinct().execute();
    const due: DueDigest[] = [];
    for (const { zone } of zones) {
      const day = addDays(localDate(now, zone), 1);
      const schools = await this.schoolsIn(zone, localTime(now, zone), day);
      due.push(...schools.map(({ id }) => ({ schoolId: id, zone, day })));
    }
    return due;
  }

  private schoolsIn(zone: string, time: string, day: LocalDate) {
    return this.db
      .selectFrom('schools')
      .leftJoin('teacher_digests', 'teacher_digests.school_id', 'schools.id')
      .select('schools.id')
      .where('schools.zone', '=', zone)
      .where('schools.teacher_digest_time', '<=', time)
      .where((row) => row.or([row('teacher_digests.day', 'is', null), row('teacher_digests.day', '<', day)]))
      .limit(batch)
      .execute();
  }

  private get db() {
    return globalQuery<Tables<typeof SchoolSchema | typeof TeacherDigestSchema>>(this.em);
  }
}
