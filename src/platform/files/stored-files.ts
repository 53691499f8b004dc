import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { bin, globalQuery, schoolQuery, type Tables } from '../database/query.js';
import { assertTransaction, inTransaction } from '../database/transaction.js';
import { Outbox } from '../outbox/outbox.js';
import { currentSchool } from '../tenancy/tenancy.js';
import { Clock } from '../values/clock.js';
import { type Id, newId } from '../values/id.js';
import { Problem } from '../http/problem.js';
import { FileStoreUnavailable } from './file-problems.js';
import { type FileKey, FileStore } from './file-store.js';
import { measured } from './measured.js';
import { FileDiscarded, type StoredFileSchema, type StoredFileState } from './stored-file.js';

export interface NewFile {
  /** As a download will be called. */
  readonly name: string;
  readonly mediaType: string;
  readonly content: Readable;
  readonly maxBytes?: number;
}

export interface OpenedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly content: Readable;
}

type Db = Tables<typeof StoredFileSchema>;

/**
 * The files of the current school. The row is committed before the bytes are stored and deleted after them, so that whatever
 * dies in between leaves a row for the sweep to find, and never bytes that nobody knows of.
 */
@Injectable()
export class StoredFiles {
  constructor(
    private readonly em: EntityManager,
    private readonly store: FileStore,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Stores content that belongs to nobody until keep(). @throws FileStoreUnavailable, or the Problem that the content fails with */
  async receive({ name, mediaType, content, maxBytes }: NewFile): Promise<Id> {
    const key = { schoolId: currentSchool(), fileId: newId() };
    await this.insert(key, { name, mediaType });
    const passing = measured(content, maxBytes);
    try {
      await this.store.put(key, passing.content, mediaType);
    } catch (error) {
      await this.abandon(key.fileId);
      throw namedAfterStore(error);
    }
    await this.write.set(passing.measure()).where('id', '=', bin(key.fileId)).execute();
    return key.fileId;
  }

  /** What has been received, for a look into it before anybody may have it. @throws FileStoreUnavailable */
  contentOf(fileId: Id): Promise<Readable> {
    return this.store.read({ schoolId: currentSchool(), fileId }).catch((error: unknown) => {
      throw namedAfterStore(error);
    });
  }

  /** Makes a received file last, in the transaction of what refers to it. @throws Error when it is gone already */
  async keep(fileId: Id): Promise<void> {
    assertTransaction('StoredFiles.keep()');
    if (!(await this.become('kept', fileId, 'incoming'))) throw new Error(`file ${fileId} is not there to be kept`);
  }

  /** From now on nobody gets the file; its bytes are deleted once the transaction has committed. */
  discard(fileId: Id): Promise<void> {
    return this.letGo(fileId, 'incoming', 'kept');
  }

  /** Gives up what was received. What has been kept after all, though nobody heard of the commit, stays. */
  abandon(fileId: Id): Promise<void> {
    return this.letGo(fileId, 'incoming');
  }

  private letGo(fileId: Id, ...from: StoredFileState[]): Promise<void> {
    return inTransaction(this.em, async () => {
      if (await this.become('discarded', fileId, ...from)) await this.outbox.record(new FileDiscarded({ fileId }));
    });
  }

  /** A file of the current school, or null when there is none. */
  async open(fileId: Id): Promise<OpenedFile | null> {
    const row = await schoolQuery<Db>(this.em)
      .selectFrom('stored_files')
      .select(['name', 'media_type as mediaType', 'bytes'])
      .where('id', '=', bin(fileId))
      .where('state', '=', 'kept')
      .executeTakeFirst();
    return row ? { ...row, bytes: row.bytes!, content: await this.contentOf(fileId) } : null;
  }

  private async insert({ schoolId, fileId }: FileKey, known: { name: string; mediaType: string }): Promise<void> {
    const values = { school_id: bin(schoolId), name: known.name, media_type: known.mediaType };
    await globalQuery<Db>(this.em)
      .insertInto('stored_files')
      .values({ ...values, id: bin(fileId), state: 'incoming', changed_at: this.clock.now() })
      .execute();
  }

  private async become(state: StoredFileState, fileId: Id, ...from: StoredFileState[]): Promise<boolean> {
    const { numUpdatedRows } = await this.write
      // A name may tell of a person, and is of no use for deleting.
      .set({ state, changed_at: this.clock.now(), ...(state === 'discarded' && { name: '' }) })
      .where('id', '=', bin(fileId))
      .where('state', 'in', from)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  private get write() {
    return globalQuery<Db>(this.em).updateTable('stored_files').where('school_id', '=', bin(currentSchool()));
  }
}

// What is wrong with the content itself reaches us through the store.
function namedAfterStore(error: unknown): Problem {
  return error instanceof Problem ? error : new FileStoreUnavailable(error);
}
