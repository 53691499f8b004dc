import { createConnection, type Connection } from 'mysql2/promise';
import type { TlsOptions } from './database.config.js';

export type ServerFlavour = 'mariadb' | 'mysql';

/** What it takes to reach the server. */
export interface DatabaseAddress {
  readonly url: string;
  readonly tls?: TlsOptions;
}

/** A connection of its own, beside the pool. */
export function openConnection({ url, tls }: DatabaseAddress): Promise<Connection> {
  return createConnection({
    uri: url.replace(/^mariadb:/, 'mysql:'),
    connectTimeout: 10_000,
    ...(tls && { ssl: tls }),
  });
}

/** Which of the two servers answers at the address: they want different drivers. */
export async function serverFlavour(address: DatabaseAddress): Promise<ServerFlavour> {
  const connection = await openConnection(address);
  try {
    const [rows] = await connection.query('SELECT VERSION() AS version');
    const version = (rows as { version: string }[])[0]?.version ?? '';
    return version.includes('MariaDB') ? 'mariadb' : 'mysql';
  } finally {
    await connection.end();
  }
}
