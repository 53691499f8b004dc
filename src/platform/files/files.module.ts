import { Global, Module } from '@nestjs/common';
import { DownloadFile } from './download-file.js';
import { FileLinks } from './file-links.js';
import { FilesController } from './files.controller.js';
import { ForgetFiles } from './forget-files.js';
import { StoredFiles } from './stored-files.js';

/** Files of every kind. Needs the FileStore and the VirusScanner that integrations.module.ts binds. */
@Global()
@Module({
  controllers: [FilesController],
  providers: [StoredFiles, FileLinks, DownloadFile, ForgetFiles],
  exports: [StoredFiles, FileLinks],
})
export class FilesModule {}
