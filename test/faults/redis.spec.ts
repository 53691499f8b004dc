import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cluster } from './support/cluster.js';
import { judge, untilDone } from './support/judge.js';
import { Load } from './support/load.js';
import { PrivateServers, type PrivateServer } from './support/servers.js';
import { openShop, type Shop } from './support/shop.js';
import { isFull, size } from './support/size.js';

/*
 * Redis goes away and comes back empty, under load. It holds nothing that is not in SQL too: bookings go on meanwhile, and what waited is
 * delivered afterwards. Limits are lifted here; redis-limits.spec.ts has them.
 */
const awaySeconds = size('REDIS_AWAY_SECONDS', 2, 60);

let servers: PrivateServers;
let redis: PrivateServer;
let cluster: Cluster;
let shop: Shop;

beforeAll(async () => {
  servers = new PrivateServers();
  redis = await (await servers.redis()).start();
  cluster = await Cluster.open({ all: isFull ? 2 : 0, servers: { redis: redis.url } });
  shop = await openShop(cluster.test, 'redis', { teachers: 3, students: 8 });
}, 400_000);
afterAll(async () => {
  await cluster?.close();
  await servers?.stopAll();
}, 60_000);

it(
  `bookings go on while Redis is away for ${awaySeconds} s, is emptied, and stands still`,
  async () => {
    const load = new Load({ test: cluster.test, shop, urls: cluster.urls, bookers: 6, payers: 2 });
    await sleep(1_000);
    await redis.kill();
    await sleep(awaySeconds * 1_000);
    await redis.start();
    await sleep(1_000);
    const admin = new Redis(redis.url);
    await admin.flushall();
    admin.disconnect();
    await sleep(1_000);
    redis.freeze();
    await sleep(2_000);
    redis.thaw();
    const transcript = await load.stop();
    const took = await untilDone(cluster, 60 + 3 * awaySeconds);
    console.log(`${transcript.summary()}; all done ${took} ms later`);

    expect(await judge({ test: cluster.test, shop, transcript })).toEqual([]);
    expect(transcript.failures.length / transcript.requests).toBeLessThanOrEqual(0.001);
  },
  240_000 + awaySeconds * 2_000,
);
