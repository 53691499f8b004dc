import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AppProcess } from '../support/processes.js';
import { Cluster } from './support/cluster.js';
import { judge, untilDone } from './support/judge.js';
import { Load } from './support/load.js';
import { has, PrivateServers, type PrivateServer } from './support/servers.js';
import { openShop, type Shop } from './support/shop.js';
import { isFull, size } from './support/size.js';

/*
 * A process at each of three nodes that are one database, all of them written to; a node is killed and comes back. Where Galera
 * is not installed (galera-4, and the scripts that come with mariadb-server), nothing is tried.
 */
const seconds = size('GALERA_SECONDS', 5, 20);
const recoveryMs = 15_000;
const library = ['/usr/lib/galera/libgalera_smm.so', '/usr/lib64/galera-4/libgalera_smm.so'].find(existsSync);
const canRun = isFull && library && has('mariadbd', 'mariadb-install-db', 'wsrep_sst_rsync', 'rsync');

let servers: PrivateServers;
let nodes: PrivateServer[];
let processes: AppProcess[];
let cluster: Cluster;
let shop: Shop;

(canRun ? describe : describe.skip)('three nodes of one database', () => {
  beforeAll(async () => {
    servers = new PrivateServers();
    nodes = await servers.galera(library!);
    cluster = await Cluster.open({ all: 1, servers: { database: nodes[0]!.url } });
    const { pathname } = new URL(cluster.test.databaseUrl);
    processes = await Promise.all(
      nodes.slice(1).map(({ url }) => cluster.add('all', { DATABASE_URL: url + pathname })),
    );
    shop = await openShop(cluster.test, 'galera', { teachers: 3, students: 10 });
  }, 400_000);
  afterAll(async () => {
    await cluster?.close();
    await servers?.stopAll();
  }, 60_000);

  it('keep every promise while all are written to, and while one of them dies and comes back', async () => {
    const load = new Load({ test: cluster.test, shop, urls: cluster.urls, bookers: 7, payers: 3 });
    await sleep(seconds * 1_000);
    // What one node does to another's transactions is ours to repeat.
    expect(load.transcript.failures).toEqual([]);

    const killed = Date.now();
    await nodes[2]!.kill();
    await sleep(recoveryMs);
    const booked = load.booked;
    await sleep(2_000);
    expect(load.booked).toBeGreaterThan(booked);
    // It copies all from another node, which stands still meanwhile.
    const returning = Date.now();
    await nodes[2]!.start();
    const back = Date.now();
    await sleep(recoveryMs + 2_000);
    const transcript = await load.stop();
    const took = await untilDone(cluster, 120);

    const elsewhere = transcript.failures.filter(({ url }) => url !== processes[1]!.url).map(({ at }) => at);
    const afterKill = Math.max(0, ...elsewhere.filter((at) => at < returning).map((at) => at - killed));
    const afterReturn = Math.max(0, ...elsewhere.filter((at) => at >= returning).map((at) => at - returning));
    console.log(
      `${transcript.summary()}; the others failed until ${afterKill} ms after the kill and ${afterReturn} ms after the return, its own ` +
        `process until ${transcript.failingFor(back)} ms after the node was back; all done ${took} ms later`,
    );
    expect(await judge({ test: cluster.test, shop, transcript })).toEqual([]);
    // Nobody misses at one node what he was told at another.
    expect([...transcript.counts.keys()].filter((code) => code.endsWith('not_found'))).toEqual([]);
    expect(Math.max(afterKill, afterReturn, transcript.failingFor(back))).toBeLessThan(recoveryMs);
  }, 400_000);
});
