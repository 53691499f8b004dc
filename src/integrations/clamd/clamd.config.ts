import { IsIn, IsInt, IsString, Max, Min } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';

@ConfigSection('Files')
export class ClamdConfig {
  @Env('VIRUS_SCANNER', {
    description: 'clamd: uploads are scanned before anybody may have them; none: they are not',
    default: 'none',
  })
  @IsIn(['none', 'clamd'])
  readonly scanner: 'none' | 'clamd';

  @Env('CLAMD_HOST', { description: 'where clamd listens, with VIRUS_SCANNER=clamd', default: '127.0.0.1' })
  @IsString()
  readonly host: string;

  @Env('CLAMD_PORT', { description: 'its TCP port', default: 3310 })
  @IsInt()
  @Min(1)
  @Max(65_535)
  readonly port: number;
}
