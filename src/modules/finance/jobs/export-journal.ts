import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { globalQuery, type Tables } from '../../../platform/database/query.js';
import { inTransaction } from '../../../platform/database/transaction.js';
import { Schedule } from '../../../platform/schedules/schedule.js';
import { inSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import { addDays, eachDate, localDate } from '../../../platform/values/zone.js';
import type { SchoolSchema } from '../../schools/index.js';
import { AccountingConfig } from '../accounting.config.js';
import { AccountingClient } from '../ports/accounting-client.js';
import { JournalReader } from '../queries/journal-reader.js';

/** So a week without a worker leaves no hole; a day handed over before counts once. */
const daysBack = 7;

/** Hands each school's finished days to its bookkeeping, once a night. */
@Injectable()
export class ExportJournal {
  private readonly logger = new Logger(ExportJournal.name);

  constructor(
    private readonly em: EntityManager,
    private readonly config: AccountingConfig,
    private readonly accounting: AccountingClient,
    private readonly journal: JournalReader,
    private readonly audit: Audit,
  ) {}

  @Schedule('finance.export-journal', { daily: '02:15' })
  async run(now: Date): Promise<void> {
    if (!this.config.exportEnabled) return;
    const schools = await globalQuery<Tables<typeof SchoolSchema>>(this.em)
      .selectFrom('schools')
      .select(['id', 'zone'])
      .execute();
    for (const { id, zone } of schools) await this.export(id, localDate(now, zone));
  }

  /** A school whose bookkeeping fails does not keep the others from their turn; it is tried again the next night. */
  private async export(schoolId: Id, today: string): Promise<void> {
    try {
      const [from, until] = [addDays(today, -daysBack), addDays(today, -1)];
      for (const date of eachDate(from, until)) {
        const entries = inSchool(schoolId, () => this.journal.entries(date));
        await this.accounting.postJournal({ schoolId, date, entries });
      }
      const details = { from, until, provider: this.accounting.provider };
      await inTransaction(this.em, () => this.audit.record({ action: 'journal.exported', schoolId, details }));
    } catch (error) {
      this.logger.error({ err: error, schoolId }, 'a journal was not exported');
    }
  }
}
