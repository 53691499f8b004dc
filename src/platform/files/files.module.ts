import { Global, Module } from '@nestjs/common';
import { DownloadFile } from './download-file.js';
import { FileIntake } from './file-intake.js';
import { FileLinks } from './file-links.js';
import { FilesController } from './files.controller.js';
import { ForgetFiles } from './forget-files.js';
import { FilesIntegration } from './files-integration.js';
import { StoredFiles } from './stored-files.js';

/** Files of every kind. Needs the FileStore and the VirusScanner that integrations.module.ts binds. */
@Global()
@Module({
  controllers: [FilesController],
  providers: [StoredFiles, FileIntake, FileLinks, DownloadFile, FilesIntegration, ForgetFiles],
  exports: [StoredFiles, FileIntake, FileLinks],
})
export class FilesModule {}
