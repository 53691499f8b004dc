import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { Schedule } from '../../../platform/schedules/schedule.js';
import type { ImportTables } from '../queries/import-tables.js';

const keptDays = 30;
const batchSize = 1_000;

/** What a list said of people is kept no longer than it takes to mend it; the students themselves stay. */
@Injectable()
export class ForgetStudentImports {
  constructor(private readonly em: EntityManager) {}

  @Schedule('students.forget-imports', { daily: '03:40' })
  async run(now: Date): Promise<void> {
    const before = new Date(now.getTime() - keptDays * 86_400_000);
    for (;;) {
      const oldest = await this.db
        .selectFrom('student_imports')
        .select(['id', 'school_id'])
        .where('created_at', '<', before)
        .orderBy('created_at')
        .executeTakeFirst();
      if (!oldest) return;
      const rows = this.db
        .deleteFrom('student_import_rows')
        .where('school_id', '=', bin(oldest.school_id))
        .where('import_id', '=', bin(oldest.id))
        .limit(batchSize);
      while ((await rows.executeTakeFirstOrThrow()).numDeletedRows === BigInt(batchSize));
      await this.db.deleteFrom('student_imports').where('id', '=', bin(oldest.id)).execute();
    }
  }

  private get db() {
    return globalQuery<ImportTables>(this.em);
  }
}
