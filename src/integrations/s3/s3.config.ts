import { IsBoolean, IsIn, IsOptional, IsString, IsUrl, ValidateIf } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';

const forS3 = ({ store }: S3Config) => store === 's3';

@ConfigSection('Files')
export class S3Config {
  @Env('FILES_STORE', {
    description: 'local: a folder, for one machine; s3: a bucket of Amazon S3 or of anything that speaks its protocol',
    default: 'local',
  })
  @IsIn(['local', 's3'])
  readonly store: 'local' | 's3';

  @Env('S3_BUCKET', { description: 'the bucket of uploaded files, private', example: 'just-driving-files' })
  @ValidateIf(forS3)
  @IsString()
  readonly bucket: string;

  @Env('S3_REGION', { description: 'its region', default: 'eu-north-1' })
  @IsString()
  readonly region: string;

  @Env('S3_ACCESS_KEY_ID', { description: 'a key that may put, get and delete objects of the bucket, and no more' })
  @ValidateIf(forS3)
  @IsString()
  readonly accessKeyId: string;

  @Env('S3_SECRET_ACCESS_KEY', { description: 'goes with S3_ACCESS_KEY_ID', secret: true })
  @ValidateIf(forS3)
  @IsString()
  readonly secretAccessKey: string;

  @Env('S3_ENDPOINT', {
    description: 'where another than Amazon’s own answers; empty for Amazon',
    example: 'https://minio.example.com',
  })
  @IsOptional()
  @IsUrl({ require_tld: false })
  readonly endpoint?: string;

  @Env('S3_PATH_STYLE', {
    description: 'true where the bucket stands in the path and not in the host name, as with MinIO',
    default: false,
  })
  @IsBoolean()
  readonly pathStyle: boolean;
}
