import { IsIn } from 'class-validator';
import { ConfigSection, Env } from '../platform/config/config.section.js';

@ConfigSection('Files')
export class FilesConfig {
  @Env('FILES_STORE', {
    description: 'local: a folder, for one machine; s3: a bucket of Amazon S3 or of anything that speaks its protocol',
    default: 'local',
  })
  @IsIn(['local', 's3'])
  readonly store: 'local' | 's3';

  @Env('VIRUS_SCANNER', {
    description: 'clamd: uploads are scanned before anybody may have them; none: they are not',
    default: 'none',
  })
  @IsIn(['none', 'clamd'])
  readonly scanner: 'none' | 'clamd';
}
