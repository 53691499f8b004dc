import type { Readable } from 'node:stream';
import type { Id } from '../values/id.js';

/** Where a file lies. Two ids, so nothing that anybody chose ever becomes part of a path. */
export interface FileKey {
  readonly schoolId: Id;
  readonly fileId: Id;
}

/** Keeps the bytes of files; what they are called and whose they are is in the database. */
export abstract class FileStore {
  /** Stores all of it or nothing: content that fails on the way leaves no file. A second put replaces the first. */
  abstract put(key: FileKey, content: Readable, mediaType: string): Promise<void>;

  /** @throws FileMissing */
  abstract read(key: FileKey): Promise<Readable>;

  /** What is not there is deleted already. */
  abstract delete(key: FileKey): Promise<void>;
}

/** The store has no such file. */
export class FileMissing extends Error {
  constructor({ schoolId, fileId }: FileKey) {
    super(`the store has no file ${schoolId}/${fileId}`);
  }
}
