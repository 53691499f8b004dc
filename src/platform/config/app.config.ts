import { IsIn, IsInt, IsString, IsUrl, Max, MaxLength, Min, MinLength } from 'class-validator';
import { ConfigSection, Env } from './config.section.js';
import { listed } from './listed.js';
import { random, servedByTls } from './safety.js';

export const environments = ['local', 'test', 'staging', 'production'] as const;
export const roles = ['web', 'worker', 'all'] as const;

@ConfigSection('The application')
export class AppConfig {
  @Env('APP_ENV', {
    description: 'local, test, staging or production; production refuses unsafe settings',
    default: 'local',
  })
  @IsIn(environments)
  readonly environment: (typeof environments)[number];

  @Env('APP_ROLE', {
    description: 'web answers HTTP, worker runs jobs and schedules, all does both in one process',
    default: 'all',
  })
  @IsIn(roles)
  readonly role: (typeof roles)[number];

  @Env('HOST', { description: 'the address to listen on', default: '127.0.0.1' })
  @IsString()
  readonly host: string;

  @Env('PORT', { description: 'the port to listen on', default: 3000 })
  @IsInt()
  @Min(0)
  @Max(65_535)
  readonly port: number;

  @Env('PUBLIC_URL', {
    description: 'the address people and providers reach the application by',
    localDefault: 'http://127.0.0.1:3000',
    unsafe: servedByTls,
  })
  @IsUrl({ require_tld: false })
  readonly publicUrl: string;

  @Env('JWT_SECRET', {
    description: 'signs access tokens; at least 32 random characters',
    secret: true,
    localDefault: 'a-secret-for-laptops-and-tests-only',
    unsafe: random,
  })
  @IsString()
  @MinLength(32)
  readonly jwtSecret: string;

  @Env('JWT_SECRETS_ACCEPTED', {
    description:
      'secrets whose tokens are accepted too, separated by commas: the next one before JWT_SECRET changes, the last one for a while after',
    secret: true,
    default: '',
  })
  @IsString()
  readonly acceptedJwtSecretList: string;

  @Env('ENCRYPTION_KEY', {
    description: 'encrypts credentials of outside systems at rest; at least 32 random characters',
    secret: true,
    localDefault: 'a-key-for-laptops-and-tests-only-0',
    unsafe: (value, served) =>
      value === served.env['JWT_SECRET'] ? 'must be another than JWT_SECRET' : random(value, served),
  })
  @IsString()
  @MinLength(32)
  readonly encryptionKey: string;

  @Env('ENCRYPTION_KEYS_ACCEPTED', {
    description:
      'keys that open what they have sealed, separated by commas: the next one before ENCRYPTION_KEY changes, the last one until `npm run cli -- rotate-keys` has run',
    secret: true,
    default: '',
  })
  @IsString()
  readonly acceptedEncryptionKeyList: string;

  @Env('APP_RELEASE', { description: 'what this build is called in metrics and error reports', default: '' })
  @IsString()
  @MaxLength(100)
  readonly release: string;

  @Env('DRAIN_SECONDS', {
    description:
      'how long a process that answers HTTP goes on taking requests after it was told to stop, for balancers that ask /health/ready to look elsewhere',
    default: 0,
  })
  @IsInt()
  @Min(0)
  @Max(300)
  readonly drainSeconds: number;

  @Env('LOG_LEVEL', { description: 'fatal, error, warn, info, debug, trace or silent', default: 'info' })
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
  readonly logLevel: string;

  get acceptedJwtSecrets(): readonly string[] {
    return listed(this.acceptedJwtSecretList);
  }

  get acceptedEncryptionKeys(): readonly string[] {
    return listed(this.acceptedEncryptionKeyList);
  }

  get answersHttp(): boolean {
    return this.role !== 'worker';
  }

  get runsJobs(): boolean {
    return this.role !== 'web';
  }
}
