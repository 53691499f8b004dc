import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';

/** How much of the theory a student has done, for rules that ask. */
@Injectable()
export class TheoryDone {
  constructor(private readonly em: EntityManager) {}

  /** In percent, the most that any of his links has told; null while the school does not use the platform. */
  async percentOf(studentId: Id): Promise<number | null> {
    const school = bin(currentSchool());
    const { rows } = await sql<{ percent: number | null }>`
      SELECT (SELECT COALESCE(MAX(l.percent), 0) FROM theory_links l
        WHERE l.school_id = ${school} AND l.student_id = ${bin(studentId)}) AS percent
      FROM theory_settings s WHERE s.school_id = ${school} AND s.enabled = 1`.execute(globalQuery<object>(this.em));
    return rows[0]?.percent ?? null;
  }
}
