import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { FileIntake } from '../../../../platform/files/file-intake.js';
import { StoredFiles } from '../../../../platform/files/stored-files.js';
import { logoTypes, maxLogoMebibytes, sizeOfLogo } from '../domain/logo-image.js';
import { KeepLogo, type LogoView } from './keep-logo.js';

/** Takes the school's logo in, once it is seen to be an image that can be printed. */
@Injectable()
export class UploadLogo {
  constructor(
    private readonly intake: FileIntake,
    private readonly files: StoredFiles,
    private readonly keepLogo: KeepLogo,
  ) {}

  /** @throws FileTypeNotAllowed, InvalidLogo, RequestTooLarge, FileInfected, FileNotScanned, FileStoreUnavailable */
  async execute(content: Readable): Promise<LogoView> {
    const maxBytes = maxLogoMebibytes * 1024 * 1024;
    return this.intake.take({ name: 'logo', types: logoTypes, content, maxBytes }, async (fileId, mediaType) => {
      const size = sizeOfLogo(await buffer(await this.files.contentOf(fileId)), mediaType);
      return this.keepLogo.execute(fileId, mediaType, size);
    });
  }
}
