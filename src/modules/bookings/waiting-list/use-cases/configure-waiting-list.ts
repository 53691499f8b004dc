import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { bin, globalQuery, lockedAsItIs } from '../../../../platform/database/query.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../../platform/http/conditional/precondition.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { usualSettings } from '../domain/waiting-list-settings.js';
import { type SettingsView, WaitingListSettingsReader } from '../queries/waiting-list-settings-reader.js';
import type { WaitingListTables } from '../waiting-list.tables.js';

/** What the school does with times that become free. */
@Injectable()
export class ConfigureWaitingList {
  constructor(
    readonly em: EntityManager,
    private readonly reader: WaitingListSettingsReader,
    private readonly audit: Audit,
  ) {}

  @Transaction()
  async execute({ automatic, offersAtOnce }: SettingsView): Promise<SettingsView> {
    await this.lock();
    await assertAsSeen(() => this.reader.get());
    await globalQuery<WaitingListTables>(this.em)
      .updateTable('waiting_list_settings')
      .set({ automatic, offers_at_once: offersAtOnce })
      .where('school_id', '=', bin(currentSchool()))
      .execute();
    await this.audit.record({ action: 'waiting_list.configured', details: { automatic, offersAtOnce } });
    return this.reader.get();
  }

  /** A school that has said nothing yet has no row, and what is not there cannot be locked: so it says what is usual first. */
  private async lock(): Promise<void> {
    const { automatic, offersAtOnce } = usualSettings;
    await globalQuery<WaitingListTables>(this.em)
      .insertInto('waiting_list_settings')
      .values({ school_id: bin(currentSchool()), automatic, offers_at_once: offersAtOnce })
      .onDuplicateKeyUpdate(lockedAsItIs)
      .execute();
  }
}
