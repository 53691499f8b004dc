import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Pool } from 'mysql2';
import { Measures, type Readings } from '../observability/metrics/measures.js';
import { DatabaseConfig } from './database.config.js';

/** mysql2 tells of its pool by these queues alone. */
type Queues = Readonly<
  Record<'_allConnections' | '_freeConnections' | '_connectionQueue', { readonly length: number }>
>;

/** How much of the connection pool is in use; somebody who waits for a connection has a slow request. */
@Injectable()
export class PoolMetrics {
  constructor(
    private readonly em: EntityManager,
    private readonly config: DatabaseConfig,
  ) {}

  @Measures(
    { name: 'database_connections', help: 'Connections of this process.', labels: ['state'] },
    { name: 'database_connections_limit', help: 'How many this process may hold (DATABASE_POOL_SIZE).' },
    { name: 'database_connections_awaited', help: 'Work that waits for a connection.' },
  )
  async read(): Promise<Readings> {
    const pool = (await this.em.getConnection().getNativeClient()) as Pool & Queues;
    const idle = pool._freeConnections.length;
    return {
      database_connections: [
        { labels: { state: 'used' }, value: pool._allConnections.length - idle },
        { labels: { state: 'idle' }, value: idle },
      ],
      database_connections_limit: [{ value: this.config.poolSize }],
      database_connections_awaited: [{ value: pool._connectionQueue.length }],
    };
  }
}
