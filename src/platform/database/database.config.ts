import { IsInt, IsString, Matches, Max, Min } from 'class-validator';
import { ConfigSection, Env } from '../config/config.section.js';

@ConfigSection('Database and Redis')
export class DatabaseConfig {
  @Env('DATABASE_URL', {
    description:
      'mysql://user:password@host:port/name, or mariadb://…; `npm start` sets it to its own server when it is missing',
    example: 'mysql://app:secret@127.0.0.1:3306/just_driving',
    secret: true,
  })
  @IsString()
  @Matches(/^(mysql|mariadb):\/\//, { message: 'must begin with mysql:// or mariadb://' })
  readonly url: string;

  @Env('DATABASE_POOL_SIZE', { description: 'connections a process may hold at once', default: 20 })
  @IsInt()
  @Min(2)
  @Max(500)
  readonly poolSize: number;
}

@ConfigSection('Database and Redis')
export class RedisConfig {
  @Env('REDIS_URL', {
    description: 'redis://host:port/db, rediss:// for TLS; `npm start` sets it to its own server when it is missing',
    example: 'redis://127.0.0.1:6379/0',
    secret: true,
  })
  @IsString()
  @Matches(/^rediss?:\/\//, { message: 'must begin with redis:// or rediss://' })
  readonly url: string;

  @Env('REDIS_PREFIX', { description: 'what the keys of this installation begin with', default: 'jd' })
  @Matches(/^[a-z0-9_-]+$/, { message: 'may have lower-case letters, digits, - and _' })
  readonly prefix: string;
}
