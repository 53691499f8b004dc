import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Verifies } from '../../../platform/verification/verifies.js';

interface Finding {
  readonly id: string;
  readonly told: number;
  readonly kept: number;
}

/** Proves that what is said of a student's tests is what his tests say. */
@Injectable()
export class TheoryAudit {
  constructor(private readonly em: EntityManager) {}

  @Verifies('education: theory and its tests')
  async verify(): Promise<string[]> {
    const { rows } = await sql<Finding>`
      SELECT l.id, l.tests_taken AS told, COUNT(t.id) AS kept FROM theory_links l
        LEFT JOIN theory_test_results t ON t.school_id = l.school_id AND t.link_id = l.id
      WHERE l.school_id = ${bin(currentSchool())}
      GROUP BY l.id, l.tests_taken, l.tests_passed
      HAVING COUNT(t.id) <> l.tests_taken OR COALESCE(SUM(t.passed), 0) <> l.tests_passed
      LIMIT 100`.execute(globalQuery<object>(this.em));
    return rows.map(({ id, told, kept }) => `theory link ${id} tells of ${told} tests, and ${kept} are kept`);
  }
}
