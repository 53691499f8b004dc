import { createWriteStream } from 'node:fs';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { BooksConnection, BooksFiles, KeptFile } from '../../modules/accounting/index.js';
import { newId } from '../../platform/values/id.js';
import type { CsvAccountingConfig } from './csv-accounting.config.js';

/** Where files are laid for a program that fetches them: {folder}/{school}/{name}. Nothing is laid where no folder is set. */
export class CsvFolder {
  constructor(
    private readonly config: CsvAccountingConfig,
    private readonly files: BooksFiles,
  ) {}

  /** Whether the folder may be written to. */
  async test({ schoolId }: BooksConnection): Promise<void> {
    if (this.config.folder) await mkdir(join(this.config.folder, schoolId), { recursive: true });
  }

  /** Under another name first, so nobody ever reads half a file; what is there already stays. */
  async lay(connection: BooksConnection, { id, name }: Pick<KeptFile, 'id' | 'name'>): Promise<void> {
    if (!this.config.folder) return;
    const folder = join(this.config.folder, connection.schoolId);
    const file = join(folder, name);
    if (await exists(file)) return;
    await mkdir(folder, { recursive: true });
    const draft = `${file}.${newId()}.tmp`;
    try {
      await pipeline(await this.files.open(connection, id), createWriteStream(draft, { flush: true }));
      await rename(draft, file);
    } finally {
      await rm(draft, { force: true });
    }
  }
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
