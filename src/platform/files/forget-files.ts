import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, type Tables } from '../database/query.js';
import type { EventOf } from '../outbox/event.js';
import { Handles } from '../outbox/handles.js';
import { Schedule } from '../schedules/schedule.js';
import type { Id } from '../values/id.js';
import { FileStore } from './file-store.js';
import { FileDiscarded, type StoredFileSchema } from './stored-file.js';

const hour = 3_600_000;
const atOnce = 100;

/** Deletes the bytes of what nobody needs, and then its row. */
@Injectable()
export class ForgetFiles {
  constructor(
    private readonly em: EntityManager,
    private readonly store: FileStore,
  ) {}

  @Handles(FileDiscarded, { name: 'files.delete', mode: 'external' })
  async delete({ payload: { fileId } }: EventOf<FileDiscarded>): Promise<void> {
    const row = await this.db
      .selectFrom('stored_files')
      .select(['id', 'school_id'])
      .where('id', '=', bin(fileId))
      .where('state', '=', 'discarded')
      .executeTakeFirst();
    if (row) await this.forget(row);
  }

  /** Uploads that came to nothing (their process died), and deletions that failed too often. */
  @Schedule('files.sweep', { every: { hours: 1 } })
  async sweep(now: Date): Promise<void> {
    const abandoned = this.db
      .updateTable('stored_files')
      .set({ state: 'discarded', changed_at: now, name: '' })
      .where('state', '=', 'incoming')
      .where('changed_at', '<', new Date(now.getTime() - 24 * hour));
    await abandoned.execute();
    for (let found = atOnce; found === atOnce;) {
      const rows = await this.discarded();
      for (const row of rows) await this.forget(row);
      found = rows.length;
    }
  }

  private discarded() {
    const files = this.db.selectFrom('stored_files').select(['id', 'school_id']);
    return files.where('state', '=', 'discarded').orderBy('changed_at').limit(atOnce).execute();
  }

  private async forget({ id, school_id }: { id: Id; school_id: Id }): Promise<void> {
    await this.store.delete({ schoolId: school_id, fileId: id });
    await this.db.deleteFrom('stored_files').where('id', '=', bin(id)).where('state', '=', 'discarded').execute();
  }

  private get db() {
    return globalQuery<Tables<typeof StoredFileSchema>>(this.em);
  }
}
