import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { findProgram } from '../../scripts/bootstrap/programs.mjs';
import { judge, untilDone } from '../faults/support/judge.js';
import { Load } from '../faults/support/load.js';
import { openShop, type Shop } from '../faults/support/shop.js';
import { isFull } from '../faults/support/size.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { until } from '../support/until.js';
import { startBalancer, type TestBalancer } from './balancer.js';
import { Deployment, main, migration } from './deployment.js';
import { startNginx } from './nginx.js';

/*
 * scripts/deploy.mjs with real processes, real migrations and clients who want something all the time, in the full form alone
 * (npm run test:faults test/operations/rolling-restart.spec.ts): it starts the application a dozen times. In front is nginx with the
 * site of docker/nginx and the list that the deployment writes, or a balancer that asks /health/ready.
 */
const nginx = findProgram('nginx');

let test: TestApp;
let shop: Shop;
let site: Deployment;
let balancer: TestBalancer;

describe.each([
  ['nginx', isFull && nginx],
  ['a balancer that asks /health/ready', isFull],
])('behind %s', (which, canRun) => {
  const whenFull = canRun ? it : it.skip;

  beforeAll(async () => {
    if (!canRun) return;
    site = await Deployment.open();
    test = await startTestApp({ jobs: false });
    shop = await openShop(test, 'deploy', { teachers: 3, students: 8 });
    site.settings({ ...test.env, DRAIN_SECONDS: '1', LOG_LEVEL: 'error' });
    if (which !== 'nginx') {
      balancer = await startBalancer(site.web);
      return;
    }
    const running = await startNginx(nginx!, join(site.folder, 'nginx'), site.web);
    balancer = running;
    site.behindNginx(running);
  }, 240_000);

  afterAll(async () => {
    if (!canRun) return;
    await site?.close();
    await balancer?.close();
    await test?.close();
  }, 120_000);

  whenFull(
    'a deployment replaces every process, and migrates what is in use, without a failed request or a lost job',
    async () => {
      expect(await site.deploy(site.release('one'))).toContain('one is in service');
      expect(await site.releasesRunning()).toEqual(['one', 'one', 'one']);

      const load = new Load({ test, shop, urls: () => [balancer.url], bookers: 4, payers: 2, pauseMs: 100 });
      const two = site.release('two', (dist) =>
        migration(
          dist,
          'ALTER TABLE bookings ADD COLUMN rehearsal varchar(9) NULL',
          'ALTER TABLE schools ADD COLUMN rehearsal varchar(9) NULL',
        ),
      );
      const [said] = await Promise.all([site.deploy(two), readSlowly('schools')]);
      expect(said).toContain('Applied 1 migrations.');
      expect(await site.releasesRunning()).toEqual(['two', 'two', 'two']);

      // One that starts where it is tried, and not where it has to serve.
      const three = site.release('three', (dist) =>
        main(dist, `if (process.env.PORT === '${site.web[1]}') process.exit(7);`),
      );
      expect(await site.failing(three)).toMatch(/three was taken back[^]*two is in service/);
      expect(site.current).toBe('two');
      expect(await site.releasesRunning()).toEqual(['two', 'two', 'two']);

      const transcript = await load.stop();
      await untilDone({ test });
      console.log(transcript.summary());
      expect(transcript.failures).toEqual([]);
      expect(transcript.requests).toBeGreaterThan(50);
      expect(await judge({ test, shop, transcript })).toEqual([]);
      // Whoever is not done in time says so.
      expect(site.log).not.toContain('stopped before everything was done');
    },
    600_000,
  );

  whenFull(
    'one that does not start is refused before anything that runs is touched',
    async () => {
      const five = site.release('five', (dist) => main(dist, `throw new Error('no such library');`));
      expect(await site.failing(five)).toMatch(/five does not start[^]*no such library/);
      expect(site.current).toBe('two');
      expect(await site.releasesRunning()).toEqual(['two', 'two', 'two']);
    },
    120_000,
  );
});

/** Somebody who is at a table when the migration comes to it, and for longer than any request would wait. */
async function readSlowly(table: string): Promise<void> {
  const reader = await createConnection({ uri: test.databaseUrl.replace(/^mariadb:/, 'mysql:') });
  try {
    await reader.beginTransaction();
    await reader.query(`SELECT * FROM ${table} LIMIT 1`);
    const waiting = `SELECT 1 FROM information_schema.processlist
      WHERE state LIKE '%metadata lock%' AND info LIKE 'ALTER TABLE ${table}%'`;
    await until(async () => ((await reader.query(waiting))[0] as unknown[]).length > 0, 120);
    await sleep(5_000);
  } finally {
    await reader.end();
  }
}
