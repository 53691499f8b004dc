import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import type { JournalEntry } from '../domain/journal-entry.js';
import { JournalReader } from '../queries/journal-reader.js';

/** A day's journal for somebody who takes it away; that he did is written down before he gets the first line. */
@Injectable()
export class DownloadJournal {
  constructor(
    readonly em: EntityManager,
    private readonly journal: JournalReader,
    private readonly audit: Audit,
  ) {}

  async execute(date: LocalDate): Promise<AsyncGenerator<readonly JournalEntry[]>> {
    await this.writeDown(date);
    return this.journal.entries(date);
  }

  @Transaction()
  private writeDown(date: LocalDate): Promise<void> {
    return this.audit.record({ action: 'journal.downloaded', details: { date } });
  }
}
