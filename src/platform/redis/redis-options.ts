import type { RedisConfig } from '../database/database.config.js';

/** A connection for commands: while Redis is away they fail at once, and what waits is found again in SQL. */
export function redisOptions({ url, tls, sentinels }: Pick<RedisConfig, 'url' | 'tls' | 'sentinels'>) {
  const { hostname, port, username, password, pathname } = new URL(url);
  return {
    ...(sentinels.length > 0
      ? { sentinels: [...sentinels], name: hostname, ...(tls && { sentinelTLS: tls, enableTLSForSentinelMode: true }) }
      : { host: hostname, port: port ? Number(port) : 6379 }),
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
    db: Number(pathname.slice(1) || 0),
    ...(tls && { tls }),
    enableOfflineQueue: false,
    maxRetriesPerRequest: null,
  };
}
