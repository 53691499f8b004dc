import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, Logger } from '@nestjs/common';
import { buffer } from 'node:stream/consumers';
import { schoolQuery, type Tables } from '../../../../platform/database/query.js';
import { type OpenedFile, StoredFiles } from '../../../../platform/files/stored-files.js';
import type { Id } from '../../../../platform/values/id.js';
import type { LogoSize } from '../domain/logo-image.js';
import { LogoNotFound } from '../domain/logo-problems.js';
import type { SchoolLogoSchema } from '../domain/school-logo.js';

/** The current school's logo. */
@Injectable()
export class SchoolLogos {
  private readonly logger = new Logger(SchoolLogos.name);

  constructor(
    private readonly em: EntityManager,
    private readonly files: StoredFiles,
  ) {}

  /** Another upload has another id; null when there is none. */
  async current(): Promise<Id | null> {
    const logos = schoolQuery<Tables<typeof SchoolLogoSchema>>(this.em).selectFrom('school_logos');
    return (await logos.select('file_id').executeTakeFirst())?.file_id ?? null;
  }

  /** The same with its size in pixels. */
  async currentSize(): Promise<(LogoSize & { readonly fileId: Id }) | null> {
    const logos = schoolQuery<Tables<typeof SchoolLogoSchema>>(this.em).selectFrom('school_logos');
    return (await logos.select(['file_id as fileId', 'width', 'height']).executeTakeFirst()) ?? null;
  }

  /** @throws LogoNotFound, FileStoreUnavailable */
  async open(fileId: Id): Promise<OpenedFile> {
    const file = await this.files.open(fileId);
    if (!file) throw new LogoNotFound();
    return file;
  }

  /** For printing; null when there is none, or the store does not give it now: an invoice is worth more than its logo. */
  async bytes(): Promise<Buffer | null> {
    const fileId = await this.current();
    if (!fileId) return null;
    try {
      return await buffer((await this.open(fileId)).content);
    } catch (err) {
      this.logger.warn({ err, fileId }, 'a logo could not be read, and is left out');
      return null;
    }
  }
}
