import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { schoolQuery } from '../../../../platform/database/query.js';
import { usualSettings } from '../domain/waiting-list-settings.js';
import type { WaitingListTables } from '../waiting-list.tables.js';

export interface SettingsView {
  readonly automatic: boolean;
  readonly offersAtOnce: number;
}

/** What the current school has decided, or what is usual. */
@Injectable()
export class WaitingListSettingsReader {
  constructor(private readonly em: EntityManager) {}

  async get(): Promise<SettingsView> {
    const row = await schoolQuery<WaitingListTables>(this.em)
      .selectFrom('waiting_list_settings')
      .select(['automatic', 'offers_at_once as offersAtOnce'])
      .executeTakeFirst();
    return row ?? usualSettings;
  }
}
