import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contractionsIn } from '../../scripts/deploy/migrations.mjs';
import { takeRelease } from '../../scripts/deploy/releases.mjs';
import { Deployment, migration, rehearsal } from './deployment.js';

/*
 * What scripts/deploy.mjs refuses. What it does otherwise: rolling-restart.spec.ts.
 */
let site: Deployment;

beforeAll(async () => {
  site = await Deployment.open();
}, 240_000);
afterAll(() => site?.close());

describe('a deployment', () => {
  it('is refused when it takes away what the release before reads, or is no release; the same name may come again', async () => {
    const before = site.release('before');
    mkdirSync(join(site.root, 'releases'), { recursive: true });
    renameSync(before, join(site.root, 'releases/before'));
    symlinkSync(join(site.root, 'releases/before'), join(site.root, 'current'));
    const four = site.release('four', (dist) => migration(dist, 'ALTER TABLE schools DROP COLUMN name'));
    for (let turn = 0; turn < 2; turn++)
      expect(await site.failing(four)).toContain(`${rehearsal} drops what may be read`);
    expect(site.current).toBe('before');
    const six = site.release('six', (dist) => rmSync(join(dist, 'src'), { recursive: true }));
    const archive = join(site.folder, 'six.tar.gz');
    execFileSync('tar', ['--create', '--gzip', '--file', archive, '--directory', six, '.']);
    for (const artefact of [six, archive]) expect(await site.failing(artefact)).toContain('no dist/src/main.js');
    const releases = readdirSync(join(site.root, 'releases'));
    expect(releases.filter((name) => /^(four|six)|unfinished$/.test(name))).toEqual([]);
  }, 60_000);

  it('migrates by the login beside its settings', async () => {
    writeFileSync(join(site.folder, 'migrate.env'), "DATABASE_URL='mysql://migrates@beside/it'\n");
    const says = 'console.error(`by ${process.env.DATABASE_URL}`); process.exit(1);';
    const seven = site.release('seven', (dist) => writeFileSync(join(dist, 'src/cli.js'), says));
    expect(await site.failing(seven)).toContain('by mysql://migrates@beside/it');
    expect(site.current).toBe('before');
  }, 60_000);
});

describe('a release', () => {
  it('is read by those that serve, however narrow the folder that was packed', async () => {
    const packed = site.release('narrow');
    chmodSync(packed, 0o700);
    chmodSync(join(packed, 'dist/src/main.js'), 0o600);
    const archive = join(site.folder, 'narrow.tar.gz');
    execFileSync('tar', ['--create', '--gzip', '--file', archive, '--directory', packed, '.']);
    const root = join(site.folder, 'wide');
    for (const [name, artefact] of Object.entries({ folder: packed, archive })) {
      const { folder } = await takeRelease(root, { artefact, name });
      expect(statSync(folder).mode & 0o777).toBe(0o755);
      expect(statSync(join(folder, 'dist/src/main.js')).mode & 0o777).toBe(0o644);
    }
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
