import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cluster } from './support/cluster.js';
import { judge, untilDone } from './support/judge.js';
import { Load } from './support/load.js';
import { openShop, type Shop } from './support/shop.js';
import { isFull, size } from './support/size.js';

/*
 * SIGKILL of processes that answer and run jobs, under load: what a transaction had begun is gone, what was answered stays, and others
 * take over what the dead had in hand. A hundred times takes long: KILLS=10 npm run test:faults test/faults/kills.spec.ts
 */
const kills = size('KILLS', 1, 100);
const roles = ['web', 'worker'] as const;
// What moves money is killed in the short form, too: money-kills.spec.ts.
const whenFull = isFull ? it : it.skip;

let cluster: Cluster;
let shop: Shop;

beforeAll(async () => {
  if (!isFull) return;
  cluster = await Cluster.open({ web: 2, workers: 2 });
  shop = await openShop(cluster.test, 'kills', { teachers: 4, students: 12 });
}, 400_000);
afterAll(() => cluster?.close(), 60_000);

whenFull(
  `nothing is lost, doubled or left half done when processes are killed (${kills})`,
  async () => {
    const load = new Load({ test: cluster.test, shop, urls: cluster.urls, bookers: 8, payers: 4 });
    for (let kill = 0; kill < kills; kill++) {
      const role = roles[kill % roles.length]!;
      // A process that starts on a busy machine is long about it.
      load.pause();
      await cluster.fill(role, 2);
      load.goOn();
      await sleep(1_500 + Math.random() * 1_000);
      await cluster.killOne(role);
      await sleep(500);
    }
    const transcript = await load.stop();
    const took = await untilDone(cluster);
    console.log(`${transcript.summary()}; all done ${took} ms later`);

    expect(await judge({ test: cluster.test, shop, transcript })).toEqual([]);
    expect(transcript.failures.length).toBeGreaterThan(0);
    // How fast, only a machine with nothing else to do can tell.
    expect(took).toBeLessThan(30_000);
  },
  120_000 + kills * 60_000,
);
