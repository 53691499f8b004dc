import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type FileKey, FileMissing, FileStore } from '../../platform/files/file-store.js';
import { newId } from '../../platform/values/id.js';
import type { LocalFilesConfig } from './local-files.config.js';

/** Files in a folder: {folder}/{school}/{last two of the id}/{id}, readable by the application's user alone. */
export class LocalFileStore extends FileStore {
  constructor(private readonly config: LocalFilesConfig) {
    super();
  }

  /** Under another name first, and flushed, so that a file is whole whenever it is there. */
  async put(key: FileKey, content: Readable): Promise<void> {
    const file = this.path(key);
    const folder = dirname(file);
    const draft = `${file}.${newId()}.tmp`;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    try {
      await pipeline(content, createWriteStream(draft, { flush: true, mode: 0o600 }));
      await rename(draft, file);
      await flushFolder(folder);
    } finally {
      await rm(draft, { force: true });
    }
  }

  async read(key: FileKey): Promise<Readable> {
    const handle = await open(this.path(key)).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? new FileMissing(key) : error;
    });
    return handle.createReadStream();
  }

  async delete(key: FileKey): Promise<void> {
    await rm(this.path(key), { force: true });
  }

  // The end of an id is random, its beginning is the time.
  private path({ schoolId, fileId }: FileKey): string {
    return join(this.config.folder, schoolId, fileId.slice(-2), fileId);
  }
}

/** The new name outlives a power cut only once its folder is on the disk too. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
