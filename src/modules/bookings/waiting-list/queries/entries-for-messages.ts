import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import type { EntryState } from '../domain/entry-state.js';
import type { WaitingListTables } from '../waiting-list.tables.js';

export interface EntryForMessage {
  readonly studentUserId: Id;
  readonly state: EntryState;
  readonly lessonTypeName: string;
  readonly fromDate: LocalDate;
  readonly untilDate: LocalDate;
}

/** A student's place on the waiting list of the current school, as a message tells it. */
@Injectable()
export class EntriesForMessages {
  constructor(private readonly em: EntityManager) {}

  async get(entryId: Id): Promise<EntryForMessage | null> {
    const row = await schoolQuery<WaitingListTables>(this.em)
      .selectFrom('waiting_list_entries')
      .innerJoin('students', (on) =>
        on
          .onRef('students.school_id', '=', 'waiting_list_entries.school_id')
          .onRef('students.id', '=', 'waiting_list_entries.student_id'),
      )
      .innerJoin('lesson_types', (on) =>
        on
          .onRef('lesson_types.school_id', '=', 'waiting_list_entries.school_id')
          .onRef('lesson_types.id', '=', 'waiting_list_entries.lesson_type_id'),
      )
      .where('waiting_list_entries.id', '=', bin(entryId))
      .select(['students.user_id as studentUserId', 'waiting_list_entries.state'])
      .select('lesson_types.name as lessonTypeName')
      .select(['waiting_list_entries.from_date as fromDate', 'waiting_list_entries.until_date as untilDate'])
      .executeTakeFirst();
    return row ?? null;
  }
}
