import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, StreamableFile } from '@nestjs/common';
import { bin, globalQuery, type Tables } from '../database/query.js';
import { inSchool } from '../tenancy/tenancy.js';
import type { Id } from '../values/id.js';
import { FileLinks } from './file-links.js';
import { LinkNotValid } from './file-problems.js';
import type { StoredFileSchema } from './stored-file.js';
import { StoredFiles } from './stored-files.js';

/** Streams the file that a private link opens; never for a browser to show, which could run what is in it. */
@Injectable()
export class DownloadFile {
  constructor(
    private readonly em: EntityManager,
    private readonly links: FileLinks,
    private readonly files: StoredFiles,
  ) {}

  /** @throws LinkNotValid */
  async execute(token: string): Promise<StreamableFile> {
    const fileId = this.links.read(token);
    const schoolId = fileId && (await this.schoolOf(fileId));
    const file = schoolId && (await inSchool(schoolId, () => this.files.open(fileId)));
    if (!file) throw new LinkNotValid();
    const { content, mediaType, bytes, name } = file;
    return new StreamableFile(content, { type: mediaType, length: bytes, disposition: attachment(name) });
  }

  private async schoolOf(fileId: Id): Promise<Id | undefined> {
    const files = globalQuery<Tables<typeof StoredFileSchema>>(this.em).selectFrom('stored_files');
    return (await files.select('school_id').where('id', '=', bin(fileId)).executeTakeFirst())?.school_id;
  }
}

/** RFC 6266: plain letters for old clients, the whole name for the others. */
function attachment(name: string): string {
  const plain = name.replaceAll(/[^\w. -]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
