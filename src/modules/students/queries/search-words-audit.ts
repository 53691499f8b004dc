import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, bins, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import { Verifies } from '../../../platform/verification/verifies.js';
import { searchEntries, type StudentSearchWordSchema } from '../domain/search-words.js';
import type { StudentSchema } from '../domain/student.js';

const portion = 500;
const mostFindings = 1_000;

/** Proves that each student is found by what he is called now, and by nothing else. */
@Injectable()
export class SearchWordsAudit {
  constructor(private readonly em: EntityManager) {}

  @Verifies('students: search words')
  async verify(): Promise<string[]> {
    const findings: string[] = [];
    for (let after: Id | undefined, full = true; full && findings.length < mostFindings;) {
      const students = await this.students(after);
      const kept = await this.entriesOf(students.map(({ id }) => id));
      const differs = students.filter((student) => {
        const expected = new Set(searchEntries(student));
        const found = kept.get(student.id) ?? [];
        return found.length !== expected.size || found.some((entry) => !expected.has(entry));
      });
      findings.push(...differs.map(({ id }) => `student ${id} is not found by what the student is called now`));
      after = students.at(-1)?.id;
      full = students.length === portion;
    }
    return findings;
  }

  private students(after: Id | undefined) {
    return schoolQuery<Db>(this.em)
      .selectFrom('students')
      .select(['id', 'name', 'email', 'phone', 'postcode'])
      .$if(after !== undefined, (query) => query.where('id', '>', bin(after!)))
      .orderBy('id')
      .limit(portion)
      .execute();
  }

  private async entriesOf(students: readonly Id[]): Promise<Map<Id, string[]>> {
    if (students.length === 0) return new Map();
    const rows = await schoolQuery<Db>(this.em)
      .selectFrom('student_search_words')
      .select(['student_id as studentId', 'entry'])
      .where('student_id', 'in', bins(students))
      .execute();
    const groups = Map.groupBy(rows, ({ studentId }) => studentId as Id);
    return new Map([...groups].map(([id, entries]) => [id, entries.map(({ entry }) => entry)]));
  }
}

type Db = Tables<typeof StudentSchema | typeof StudentSearchWordSchema>;
