import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
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
    const filled = fill(ballast);
    await sleep(8_000);
    rmSync(ballast);
    // InnoDB may end itself where it cannot go on.
    const ended = await database.startIfEnded();
    const since = Date.now();
    await sleep(8_000);
    const transcript = await load.stop();
    await untilDone(cluster, 120);
    const slowest = Math.max(...transcript.failures.map(({ tookMs }) => tookMs));
    console.log(
      `${ended ? 'the database ended itself; ' : ''}${transcript.summary()}, ${slowest} ms at most; errors ended ${transcript.failingFor(since)} ms after there was room`,
    );

    expect(await judge({ test: cluster.test, shop, transcript })).toEqual([]);
    expect(filled).toBeGreaterThan(0);
    expect(transcript.failures.length).toBeGreaterThan(0);
    expect(slowest).toBeLessThan(2_000);
  }, 400_000);
});

/** Writes until nothing more fits. @returns how many bytes did */
function fill(file: string): number {
  const descriptor = openSync(file, 'w');
  let written = 0;
  for (let part = 1024 ** 2; part >= 4_096;) {
    try {
      written += writeSync(descriptor, Buffer.alloc(part));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      part /= 2;
    }
  }
  closeSync(descriptor);
  return written;
}
