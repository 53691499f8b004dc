import { defineEntity, p } from '@mikro-orm/core';
import { amount, code, id, instant, schoolScoped, text } from '../database/columns.js';
import { DomainEvent } from '../outbox/event.js';
import type { Id } from '../values/id.js';

/** `incoming` may never come to anything; `discarded` waits for its bytes to be deleted. Nobody is given either. */
export type StoredFileState = 'incoming' | 'kept' | 'discarded';

/** What the database knows of a file in the store. The row is there before the bytes, and goes after them. */
export const StoredFileSchema = defineEntity({
  name: 'StoredFile',
  tableName: 'stored_files',
  ...schoolScoped,
  uniques: [{ name: 'stored_files_school_id', properties: ['schoolId', 'id'] }],
  indexes: [{ name: 'stored_files_state', properties: ['state', 'changedAt'] }],
  properties: {
    id: id().primary(),
    schoolId: id(),
    /** As a download is called. */
    name: text(200),
    mediaType: text(100),
    state: code<StoredFileState>(),
    /** Null until the content has been read to its end. */
    bytes: amount().nullable(),
    sha256: p.blob().columnType('binary(32)').nullable(),
    changedAt: instant(),
  },
});

export const filesEntities = [StoredFileSchema];

/** Nothing needs the file any more. */
export class FileDiscarded extends DomainEvent<{ fileId: Id }> {
  static override readonly eventName = 'files.file_discarded';
}
