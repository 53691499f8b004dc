import { Injectable } from '@nestjs/common';
import type { Id } from '../values/id.js';
import { FileInfected, FileNotScanned, FileTypeNotAllowed } from './file-problems.js';
import { sniff } from './sniff.js';
import { type NewFile, StoredFiles } from './stored-files.js';
import { VirusScanner } from './virus-scanner.js';

/** A file that somebody sends: its type is not what he says but what its bytes are. */
export interface SentFile extends Omit<NewFile, 'mediaType'> {
  /** The media types that are taken. */
  readonly types: readonly string[];
}

/** Takes files in from outside: told by their bytes, stored, and scanned where they lie. Each belongs to nobody until it is kept. */
@Injectable()
export class FileIntake {
  constructor(
    private readonly files: StoredFiles,
    private readonly scanner: VirusScanner,
  ) {}

  /**
   * @param use keeps the file; where it fails, nothing is left of it
   * @throws FileTypeNotAllowed, RequestTooLarge, FileInfected, FileNotScanned, FileStoreUnavailable, and what `use` throws
   */
  async take<T>({ types, ...file }: SentFile, use: (fileId: Id, mediaType: string) => Promise<T>): Promise<T> {
    const { mediaType, content } = await sniff(file.content);
    if (mediaType === null || !types.includes(mediaType)) throw new FileTypeNotAllowed(types);
    const fileId = await this.files.receive({ ...file, mediaType, content });
    try {
      await this.assertHarmless(fileId);
      return await use(fileId, mediaType);
    } catch (error) {
      await this.files.abandon(fileId);
      throw error;
    }
  }

  private async assertHarmless(fileId: Id): Promise<void> {
    const content = await this.files.contentOf(fileId);
    const verdict = await this.scanner
      .scan(content)
      .catch((error: unknown) => {
        throw new FileNotScanned(error);
      })
      // A scanner that is not even asked leaves it open.
      .finally(() => content.destroy());
    if (verdict === 'infected') throw new FileInfected();
  }
}
