import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../support/free-port.js';
import { Cluster } from './support/cluster.js';
import { judge, untilDone } from './support/judge.js';
import { Load } from './support/load.js';
import { has, PrivateServers, type PrivateServer } from './support/servers.js';
import { openShop, type Shop } from './support/shop.js';
import { isFull } from './support/size.js';

/*
 * The Redis in use dies for good, and its Sentinels make another one the master.
 */
const canRun = isFull && has('redis-server');
const master = 'just-driving';

let servers: PrivateServers;
let first: PrivateServer;
let cluster: Cluster;
let shop: Shop;

(canRun ? describe : describe.skip)('Redis with Sentinels', () => {
  beforeAll(async () => {
    servers = new PrivateServers();
    first = await (await servers.redis({ name: 'first' })).start();
    const { port } = new URL(first.url);
    await (await servers.redis({ name: 'second', more: ['--replicaof', '127.0.0.1', port] })).start();
    const sentinels = await Promise.all([1, 2, 3].map((number) => sentinel(number, port)));
    const env = { REDIS_URL: `redis://${master}`, REDIS_SENTINELS: sentinels.join(',') };
    cluster = await Cluster.open({ servers: { redis: first.url }, env });
    shop = await openShop(cluster.test, 'sentinel', { teachers: 3, students: 6 });
  }, 400_000);
  afterAll(async () => {
    await cluster?.close();
    await servers?.stopAll();
  }, 60_000);

  it('is another one after a while, and nothing was lost meanwhile', async () => {
    const load = new Load({ test: cluster.test, shop, urls: cluster.urls, bookers: 4, payers: 2 });
    await sleep(2_000);
    await first.kill();
    await sleep(10_000);
    const transcript = await load.stop();
    const took = await untilDone(cluster, 60);
    console.log(`${transcript.summary()}; all done ${took} ms later`);

    expect(await judge({ test: cluster.test, shop, transcript })).toEqual([]);
    expect(transcript.failures).toEqual([]);
    const { body } = await cluster.test.http.get('/health/ready').expect(200);
    expect(body.status).toBe('ok');
  }, 400_000);
});

/** @returns its address */
async function sentinel(number: number, watched: string): Promise<string> {
  const port = await freePort();
  const file = join(servers.folder, `sentinel${number}.conf`);
  writeFileSync(
    file,
    [
      'bind 127.0.0.1',
      `port ${port}`,
      `dir ${servers.folder}`,
      `sentinel monitor ${master} 127.0.0.1 ${watched} 2`,
      `sentinel down-after-milliseconds ${master} 1000`,
      `sentinel failover-timeout ${master} 5000`,
    ].join('\n'),
  );
  servers.run(`sentinel${number}`, 'redis-server', [file, '--sentinel']);
  return `127.0.0.1:${port}`;
}
