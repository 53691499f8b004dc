import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cluster } from './support/cluster.js';
import { judge, untilDone } from './support/judge.js';
import { Load } from './support/load.js';
import { has, type PrivateServer, PrivateServers } from './support/servers.js';
import { openShop, type Shop } from './support/shop.js';
import { isFull } from './support/size.js';

/*
 * The disk under the database is full: a small file system of its own, filled by a file beside the data. Mounting needs root.
 */
const canRun = isFull && process.getuid?.() === 0 && has('mariadbd', 'mariadb-install-db', 'mount');

let servers: PrivateServers;
let disk: string;
let database: PrivateServer;
let cluster: Cluster;
let shop: Shop;

(canRun ? describe : describe.skip)('a full disk', () => {
  beforeAll(async () => {
    servers = new PrivateServers();
    disk = servers.smallDisk(400);
    // Small log and small files, so that it is the tables that find no room.
    const more = [
      '--innodb-log-file-size=32M',
      `--datadir=${disk}`,
      '--innodb-data-file-path=ibdata1:12M:autoextend:max:20M',
    ];
    database = await (await servers.mariaDb({ name: 'disk', more })).start();
    cluster = await Cluster.open({ all: 1, servers: { database: database.url } });
    shop = await openShop(cluster.test, 'disk', { teachers: 4, students: 8 });
  }, 400_000);
  afterAll(async () => {
    await cluster?.close();
    await servers?.stopAll();
  }, 60_000);

  it('is answered by 503, spoils nothing, and is over when there is room again', async () => {
    const load = new Load({ test: cluster.test, shop, urls: cluster.urls, bookers: 6, payers: 2 });
    await sleep(1_000);
    const ballast = join(disk, 'ballast');
    const filled = await fill(ballast);
    await sleep(8_000);
    rmSync(ballast);
    const room = Date.now();
    let since = room;
    // InnoDB ends itself where it cannot roll back, after some seconds of trying, and is long about it.
    for (let look = 0; look < 16; look++) {
      if (await database.startIfEnded()) since = Date.now();
      await sleep(500);
    }
    const transcript = await load.stop();
    await untilDone(cluster, 120);
    const waits = transcript.failures.map(({ tookMs }) => tookMs).toSorted((one, other) => one - other);
    const most = waits[Math.floor(waits.length * 0.9)];
    console.log(
      `${database.endedAt ? 'the database ended itself; ' : ''}${transcript.summary()}, nine of ten in ${most} ms, all in ${waits.at(-1)} ms; errors ended ${transcript.failingFor(since)} ms after there was room`,
    );

    expect(await judge({ test: cluster.test, shop, transcript })).toEqual([]);
    expect(filled).toBeGreaterThan(0);
    expect(transcript.failures.length).toBeGreaterThan(0);
    expect(most).toBeLessThan(2_000);
    expect(transcript.failingFor(since)).toBeLessThan(5_000);
  }, 400_000);
});

/** Writes until nothing more fits. @returns how many bytes did */
async function fill(file: string): Promise<number> {
  const handle = await open(file, 'w');
  let written = 0;
  for (let part = 1024 ** 2; part >= 4_096;) {
    try {
      written += (await handle.write(Buffer.alloc(part))).bytesWritten;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      part /= 2;
    }
  }
  await handle.close();
  return written;
}
