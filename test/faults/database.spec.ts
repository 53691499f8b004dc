import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cluster } from './support/cluster.js';
import { judge, untilDone } from './support/judge.js';
import { Load } from './support/load.js';
import { has, PrivateServers, type PrivateServer } from './support/servers.js';
import { openShop, type Shop } from './support/shop.js';
import { isFull, size } from './support/size.js';

/*
 * The database dies under load and comes back from its log, and stands still for a while. Left out of `npm test`: it starts a server of its own.
 */
const kills = size('DATABASE_KILLS', 2, 20);
const frozenSeconds = size('FROZEN_SECONDS', 4, 20);
const errorsEndWithinMs = 10_000;
const canRun = isFull && has('mariadbd', 'mariadb-install-db');

let servers: PrivateServers;
let database: PrivateServer;
let cluster: Cluster;
let shop: Shop;

(canRun ? describe : describe.skip)('the database', () => {
  beforeAll(async () => {
    servers = new PrivateServers();
    database = await (await servers.mariaDb()).start();
    cluster = await Cluster.open({ all: 2, servers: { database: database.url } });
    shop = await openShop(cluster.test, 'database', { teachers: 4, students: 12 });
  }, 400_000);
  afterAll(async () => {
    await cluster?.close();
    await servers?.stopAll();
  }, 60_000);

  it(
    `loses nothing that was answered when it is killed (${kills}) or stands still (${frozenSeconds} s), and errors end soon after`,
    async () => {
      const load = new Load({ test: cluster.test, shop, urls: cluster.urls, bookers: 8, payers: 4 });
      const longest: number[] = [];
      for (let kill = 0; kill < kills; kill++) {
        await sleep(1_000 + Math.random() * 2_000);
        await database.kill();
        await sleep(500);
        await database.start();
        longest.push(await failingAfter(load));
      }
      database.freeze();
      await sleep(frozenSeconds * 1_000);
      database.thaw();
      longest.push(await failingAfter(load));
      const transcript = await load.stop();
      const took = await untilDone(cluster, 120);
      console.log(`${transcript.summary()}; errors ended after ${longest.join(', ')} ms; all done ${took} ms later`);

      expect(await judge({ test: cluster.test, shop, transcript })).toEqual([]);
      expect(transcript.failures.length).toBeGreaterThan(0);
      expect(Math.max(...longest)).toBeLessThan(errorsEndWithinMs);
    },
    240_000 + kills * 40_000,
  );
});

/** @returns for how long somebody still went away with nothing, in milliseconds from now on */
async function failingAfter({ transcript }: Load): Promise<number> {
  const since = Date.now();
  await sleep(errorsEndWithinMs + 2_000);
  return transcript.failingFor(since);
}
