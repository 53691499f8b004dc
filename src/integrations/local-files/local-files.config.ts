import { IsString } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';

@ConfigSection('Files')
export class LocalFilesConfig {
  @Env('FILES_DIR', {
    description: 'the folder of uploaded files with FILES_STORE=local; every process needs the same one',
    default: '.local/files',
  })
  @IsString()
  readonly folder: string;
}
