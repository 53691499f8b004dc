import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { readFileSync } from 'node:fs';
import { ConfigSection, Env } from '../config/config.section.js';
import { listed } from '../config/listed.js';
import { encryptedUnlessSaid } from '../config/safety.js';

const tls = ['require', 'off'] as const;
type Tls = (typeof tls)[number];

/** What Node needs for speaking TLS with a server that has to prove who it is. */
export interface TlsOptions {
  /** PEM of the authority that vouches for the server; the system's own list when absent. */
  readonly ca?: string;
  readonly minVersion: 'TLSv1.2';
}

function tlsOptions(isOn: boolean, caFile: string | undefined): TlsOptions | undefined {
  return isOn ? { minVersion: 'TLSv1.2', ...(caFile && { ca: readFileSync(caFile, 'utf8') }) } : undefined;
}

@ConfigSection('Database and Redis')
export class DatabaseConfig {
  @Env('DATABASE_URL', {
    description:
      'mysql://user:password@host:port/name, or mariadb://…; `npm start` sets it to its own server when it is missing',
    example: 'mysql://app:secret@127.0.0.1:3306/just_driving',
    secret: true,
    unsafe: encryptedUnlessSaid('DATABASE_TLS'),
  })
  @IsString()
  @Matches(/^(mysql|mariadb):\/\//, { message: 'must begin with mysql:// or mariadb://' })
  readonly url: string;

  @Env('DATABASE_TLS', {
    description: 'require: connections are encrypted, and the server proves who it is; off',
    default: 'off',
  })
  @IsIn(tls)
  readonly tlsMode: Tls;

  @Env('DATABASE_TLS_CA', {
    description: 'the PEM file of the authority behind the server’s certificate, if it has its own',
  })
  @IsOptional()
  @IsString()
  readonly tlsCaFile?: string;

  @Env('DATABASE_POOL_SIZE', { description: 'connections a process may hold at once', default: 20 })
  @IsInt()
  @Min(2)
  @Max(500)
  readonly poolSize: number;

  get tls(): TlsOptions | undefined {
    return tlsOptions(this.tlsMode === 'require', this.tlsCaFile);
  }
}

@ConfigSection('Database and Redis')
export class RedisConfig {
  @Env('REDIS_URL', {
    description: 'redis://host:port/db, rediss:// for TLS; `npm start` sets it to its own server when it is missing',
    example: 'redis://127.0.0.1:6379/0',
    secret: true,
    unsafe: encryptedUnlessSaid('REDIS_TLS', /^rediss:/),
  })
  @IsString()
  @Matches(/^rediss?:\/\//, { message: 'must begin with redis:// or rediss://' })
  readonly url: string;

  @Env('REDIS_SENTINELS', {
    description:
      'host:port of the Sentinels, separated by commas: then the host in REDIS_URL is their name for the master',
    example: '10.0.0.5:26379,10.0.0.6:26379,10.0.0.7:26379',
    default: '',
  })
  @Matches(/^([^\s:,]+:\d+(,\s*(?=\S)|$))*$/, { message: 'must be host:port, separated by commas' })
  readonly sentinelList: string;

  @Env('REDIS_TLS', { description: 'require does for redis:// what rediss:// says by itself; off', default: 'off' })
  @IsIn(tls)
  readonly tlsMode: Tls;

  @Env('REDIS_TLS_CA', {
    description: 'the PEM file of the authority behind the server’s certificate, if it has its own',
  })
  @IsOptional()
  @IsString()
  readonly tlsCaFile?: string;

  @Env('REDIS_PREFIX', { description: 'what the keys of this installation begin with', default: 'jd' })
  @Matches(/^[a-z0-9_-]+$/, { message: 'may have lower-case letters, digits, - and _' })
  readonly prefix: string;

  get sentinels(): readonly { readonly host: string; readonly port: number }[] {
    return listed(this.sentinelList).map((each) => {
      const [host, port] = each.split(':');
      return { host: host!, port: Number(port) };
    });
  }

  get tls(): TlsOptions | undefined {
    return tlsOptions(this.tlsMode === 'require' || this.url.startsWith('rediss:'), this.tlsCaFile);
  }
}
