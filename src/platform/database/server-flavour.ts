import { createConnection } from 'mysql2/promise';

export type ServerFlavour = 'mariadb' | 'mysql';

/** Which of the two servers answers at the address: they want different drivers. */
export async function serverFlavour(url: string): Promise<ServerFlavour> {
  const connection = await createConnection({ uri: url.replace(/^mariadb:/, 'mysql:'), connectTimeout: 10_000 });
  try {
    const [rows] = await connection.query('SELECT VERSION() AS version');
    const version = (rows as { version: string }[])[0]?.version ?? '';
    return version.includes('MariaDB') ? 'mariadb' : 'mysql';
  } finally {
    await connection.end();
  }
}
