import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile, execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { endProcess, type Identity } from '../../scripts/bootstrap/process-identity.mjs';
import { findProgram } from '../../scripts/bootstrap/programs.mjs';
import { contractionsIn } from '../../scripts/deploy/migrations.mjs';
import { judge, untilDone } from '../faults/support/judge.js';
import { Load } from '../faults/support/load.js';
import { openShop, type Shop } from '../faults/support/shop.js';
import { isFull } from '../faults/support/size.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { freePort } from '../support/free-port.js';
import { buildApp } from '../support/processes.js';
import { startBalancer, type TestBalancer } from './balancer.js';
import { startNginx } from './nginx.js';

/*
 * scripts/deploy.mjs with real processes, real migrations and clients who want something all the time, in the full form alone
 * (npm run test:faults test/operations/deploy.spec.ts): it starts the application a dozen times. In front is nginx with the site of
 * docker/nginx and the list that the deployment writes, or where it is not installed a balancer that asks /health/ready.
 */
const whenFull = isFull ? it : it.skip;
const nginx = isFull ? findProgram('nginx') : undefined;
const rehearsal = 'Migration20991231000000_rehearsal.js';

let test: TestApp;
let shop: Shop;
let build: ReturnType<typeof buildApp>;
let folder: string;
let root: string;
let web: number[];
let workers: number[];
let balancer: TestBalancer;
let upstream: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jd-deploy-'));
  root = join(folder, 'srv');
  build = buildApp();
  web = [await freePort(), await freePort()];
  workers = [await freePort()];
  writeFileSync(join(folder, 'env'), '');
  if (isFull) await openShopBehindBalancer();
}, 240_000);

afterAll(async () => {
  for (const file of readdirSync(join(root, 'run'))) {
    await endProcess(JSON.parse(readFileSync(join(root, 'run', file), 'utf8')) as Identity, 20_000);
  }
  await balancer?.close();
  await test?.close();
  build?.remove();
  rmSync(folder, { recursive: true, force: true });
}, 120_000);

async function openShopBehindBalancer(): Promise<void> {
  test = await startTestApp({ jobs: false });
  shop = await openShop(test, 'deploy', { teachers: 3, students: 8 });
  writeFileSync(join(folder, 'env'), settings());
  if (!nginx) {
    balancer = await startBalancer(web);
    return;
  }
  const running = await startNginx(nginx, join(folder, 'nginx'), web);
  balancer = running;
  upstream = ['--upstream', running.upstreamFile, '--reload', running.reload];
}

/** As the operator has them; the processes' clock is the test's. */
function settings(): string {
  const shifted = pathToFileURL(resolve('test/support/same-day.mjs')).href;
  const extra = { DRAIN_SECONDS: '1', NODE_OPTIONS: `--import=${shifted}` };
  const all = { ...test.env, ...extra, TEST_TIME_SHIFT_MS: process.env['TEST_TIME_SHIFT_MS']! };
  return Object.entries(all)
    .map(([name, value]) => `${name}='${value}'\n`)
    .join('');
}

/** What npm run package makes, but for the libraries, which it shares. */
function release(name: string, change: (dist: string) => void = () => undefined): string {
  const artefact = join(folder, name);
  mkdirSync(artefact);
  const dist = join(artefact, 'dist');
  cpSync(build.folder, dist, { recursive: true });
  cpSync('package.json', join(artefact, 'package.json'));
  symlinkSync(resolve('node_modules'), join(artefact, 'node_modules'));
  change(dist);
  return artefact;
}

function migration(dist: string, up: string): void {
  const source = `import { Migration } from '@mikro-orm/migrations';
export class Migration20991231000000_rehearsal extends Migration {
  up() { this.addSql(${JSON.stringify(up)}); }
  down() { this.addSql('ALTER TABLE student_imports DROP COLUMN rehearsal'); }
}
`;
  writeFileSync(join(dist, 'migrations', rehearsal), source);
}

/** Puts a condition before the release's own main.js. */
function main(dist: string, before: string): void {
  renameSync(join(dist, 'src/main.js'), join(dist, 'src/main-itself.js'));
  writeFileSync(join(dist, 'src/main.js'), `${before}\nawait import('./main-itself.js');\n`);
}

async function deploy(artefact: string): Promise<string> {
  const ports = ['--web', web.join(','), '--worker', workers.join(',')];
  const options = ['--root', root, '--env', join(folder, 'env'), '--host', 'processes', ...ports, ...upstream];
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/deploy.mjs', artefact, ...options]);
  return stdout;
}

/** What the script printed when it gave up. */
async function failing(artefact: string): Promise<string> {
  const outcome = await deploy(artefact).then(
    (said) => `it went through: ${said}`,
    (error: { stdout: string; stderr: string }) => error.stdout + error.stderr,
  );
  expect(outcome).not.toContain('it went through');
  return outcome;
}

const current = () => basename(readlinkSync(join(root, 'current')));

async function releasesRunning(): Promise<string[]> {
  const releases = [...web, ...workers].map(async (port) => {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    return /^app_info\{release="([^"]*)"/m.exec(text)?.[1] ?? 'none';
  });
  return Promise.all(releases);
}

/** A release that starts where it is tried, and not where it has to serve. */
async function failUnderLoad(): Promise<void> {
  const three = release('three', (dist) => main(dist, `if (process.env.PORT === '${web[1]}') process.exit(7);`));
  expect(await failing(three)).toMatch(/three was taken back[^]*two is in service/);
  expect(current()).toBe('two');
  expect(await releasesRunning()).toEqual(['two', 'two', 'two']);
}

describe('a deployment', () => {
  whenFull(
    'replaces every process, and migrates, without a failed request or a lost job',
    async () => {
      expect(await deploy(release('one'))).toContain('one is in service');
      expect(await releasesRunning()).toEqual(['one', 'one', 'one']);

      const two = release('two', (dist) =>
        migration(dist, 'ALTER TABLE student_imports ADD COLUMN rehearsal varchar(9) NULL'),
      );
      const load = new Load({ test, shop, urls: () => [balancer.url], bookers: 4, payers: 2, pauseMs: 100 });
      const said = await deploy(two);
      expect(said).toContain('Applied 1 migrations.');
      expect(await releasesRunning()).toEqual(['two', 'two', 'two']);

      await failUnderLoad();
      const transcript = await load.stop();
      await untilDone({ test });
      console.log(transcript.summary());
      expect(transcript.failures).toEqual([]);
      expect(transcript.requests).toBeGreaterThan(50);
      expect(await judge({ test, shop, transcript })).toEqual([]);
    },
    240_000,
  );

  whenFull(
    'is refused before anything that runs is touched when it does not start',
    async () => {
      const five = release('five', (dist) => main(dist, `throw new Error('no such library');`));
      expect(await failing(five)).toMatch(/five does not start[^]*no such library/);
      expect(current()).toBe('two');
      expect(await releasesRunning()).toEqual(['two', 'two', 'two']);
    },
    120_000,
  );

  it('is refused when it takes away what the release before reads, or is no release; the same name may come again', async () => {
    const before = release('before');
    mkdirSync(join(root, 'releases'), { recursive: true });
    renameSync(before, join(root, 'releases/before'));
    rmSync(join(root, 'current'), { force: true });
    symlinkSync(join(root, 'releases/before'), join(root, 'current'));
    const four = release('four', (dist) => migration(dist, 'ALTER TABLE schools DROP COLUMN name'));
    for (let turn = 0; turn < 2; turn++) expect(await failing(four)).toContain(`${rehearsal} drops what may be read`);
    expect(current()).toBe('before');
    const six = release('six', (dist) => rmSync(join(dist, 'src'), { recursive: true }));
    const archive = join(folder, 'six.tar.gz');
    execFileSync('tar', ['--create', '--gzip', '--file', archive, '--directory', six, '.']);
    for (const artefact of [six, archive]) expect(await failing(artefact)).toContain('no dist/src/main.js');
    expect(readdirSync(join(root, 'releases')).filter((name) => name === 'four' || name === 'six')).toEqual([]);
  }, 60_000);
});

describe('a migration', () => {
  it.each([
    ['ALTER TABLE a ADD COLUMN b varchar(9) NULL', []],
    ["ALTER TABLE a ADD COLUMN b int NOT NULL DEFAULT 0, ADD COLUMN c varchar(9) NOT NULL DEFAULT ''", []],
    ['CREATE TABLE a (id binary(16) NOT NULL PRIMARY KEY, name varchar(9) NOT NULL)', []],
    ['ALTER TABLE a ADD KEY a_b (b)', []],
    ['ALTER TABLE a DROP KEY a_b', []],
    ['ALTER TABLE a ADD COLUMN b int NOT NULL', ['adds a column that must be given, without a default']],
    ['ALTER TABLE a DROP COLUMN b', ['drops what may be read']],
    ['DROP TABLE a', ['drops what may be read']],
    ['ALTER TABLE a RENAME COLUMN b TO c', ['renames what may be read']],
    ['ALTER TABLE a CHANGE COLUMN b c int', ['renames or changes a column']],
  ])('%s: %j', (sql, found) => {
    expect(contractionsIn(`up() { this.addSql('${sql}'); }\n down() { this.addSql('DROP TABLE x'); }`)).toEqual(found);
  });
});
