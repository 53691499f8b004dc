import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, Logger } from '@nestjs/common';
import { globalQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { StoredFiles } from '../../../platform/files/stored-files.js';
import { Schedule } from '../../../platform/schedules/schedule.js';
import { acrossSchools, eachInItsSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import type { AccountingTables } from '../accounting.tables.js';
import { AccountingConsentSchema, AccountingFileSchema } from '../domain/small-tables.js';
import { keptSince } from '../domain/retention.js';

const atOnce = 500;

/** Lets go of files once the law lets go of vouchers, and of consents that nobody came back with. */
@Injectable()
export class ForgetBooksFiles {
  private readonly logger = new Logger(ForgetBooksFiles.name);

  constructor(
    readonly em: EntityManager,
    private readonly files: StoredFiles,
  ) {}

  @Schedule('accounting.forget-files', { daily: '03:40' })
  async run(now: Date): Promise<void> {
    const olderThan = keptSince(now);
    const rows = await acrossSchools('files for the bookkeeping of every school grow old', () =>
      globalQuery<AccountingTables>(this.em)
        .selectFrom('accounting_files')
        .select(['id', 'school_id as schoolId'])
        .where('occurred_on', '<', olderThan)
        .where('file_id', 'is not', null)
        .limit(atOnce)
        .execute(),
    );
    await eachInItsSchool(
      rows,
      ({ id }) => this.forget(id),
      (error, { schoolId }) => this.logger.error({ err: error, schoolId }, 'an old file was not forgotten'),
    );
    await acrossSchools('consents that nobody came back with', () =>
      this.em.fork().nativeDelete(AccountingConsentSchema, { expiresAt: { $lt: now } }),
    );
  }

  @Transaction()
  private async forget(id: Id): Promise<void> {
    const row = await this.em.findOneOrFail(AccountingFileSchema, { id });
    const { fileId } = row;
    if (!fileId) return;
    await this.em.nativeUpdate(AccountingFileSchema, { id }, { fileId: null });
    await this.files.discard(fileId);
  }
}
