import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
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
import { freePort } from '../support/free-port.js';
import { buildApp } from '../support/processes.js';

export const rehearsal = 'Migration20991231000000_rehearsal.js';

/** scripts/deploy.mjs at a folder of its own, with two web processes and a worker. */
export class Deployment {
  readonly folder = mkdtempSync(join(tmpdir(), 'jd-deploy-'));
  readonly root = join(this.folder, 'srv');
  private readonly build = buildApp();
  private upstream: readonly string[] = [];

  private constructor(
    readonly web: readonly number[],
    private readonly workers: readonly number[],
  ) {
    writeFileSync(join(this.folder, 'env'), '');
  }

  static async open(): Promise<Deployment> {
    return new Deployment([await freePort(), await freePort()], [await freePort()]);
  }

  async close(): Promise<void> {
    const run = join(this.root, 'run');
    for (const file of existsSync(run) ? readdirSync(run) : []) {
      await endProcess(JSON.parse(readFileSync(join(run, file), 'utf8')) as Identity, 20_000);
    }
    this.build.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** As the operator has them; the processes' clock is the test's. */
  settings(env: Readonly<Record<string, string>>): void {
    const shifted = pathToFileURL(resolve('test/support/same-day.mjs')).href;
    const all = { ...env, NODE_OPTIONS: `--import=${shifted}`, TEST_TIME_SHIFT_MS: process.env['TEST_TIME_SHIFT_MS']! };
    const lines = Object.entries(all).map(([name, value]) => `${name}='${value}'\n`);
    writeFileSync(join(this.folder, 'env'), lines.join(''));
  }

  /** It writes nginx' list of web processes, and has it read. */
  behindNginx({ upstreamFile, reload }: { readonly upstreamFile: string; readonly reload: string }): void {
    this.upstream = ['--upstream', upstreamFile, '--reload', reload];
  }

  /** What npm run package makes, but for the libraries, which it shares. */
  release(name: string, change: (dist: string) => void = () => undefined): string {
    const artefact = join(this.folder, name);
    mkdirSync(artefact);
    const dist = join(artefact, 'dist');
    cpSync(this.build.folder, dist, { recursive: true });
    cpSync('package.json', join(artefact, 'package.json'));
    symlinkSync(resolve('node_modules'), join(artefact, 'node_modules'));
    change(dist);
    return artefact;
  }

  async deploy(artefact: string): Promise<string> {
    const ports = ['--web', this.web.join(','), '--worker', this.workers.join(',')];
    const where = ['--root', this.root, '--env', join(this.folder, 'env'), '--host', 'processes'];
    const args = ['scripts/deploy.mjs', artefact, ...where, ...ports, ...this.upstream];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    return stdout;
  }

  /** @returns what the script printed when it gave up */
  async failing(artefact: string): Promise<string> {
    const outcome = await this.deploy(artefact).then(
      (said) => ({ said }),
      (error: { stdout: string; stderr: string }) => error.stdout + error.stderr,
    );
    if (typeof outcome === 'string') return outcome;
    throw new Error(`it went through: ${outcome.said}`);
  }

  get current(): string {
    return basename(readlinkSync(join(this.root, 'current')));
  }

  async releasesRunning(): Promise<string[]> {
    const releases = [...this.web, ...this.workers].map(async (port) => {
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      return /^app_info\{release="([^"]*)"/m.exec(text)?.[1] ?? 'none';
    });
    return Promise.all(releases);
  }

  /** What its processes wrote. */
  get log(): string {
    const folder = join(this.root, 'log');
    return readdirSync(folder)
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('');
  }
}

export function migration(dist: string, ...up: string[]): void {
  const source = `import { Migration } from '@mikro-orm/migrations';
export class Migration20991231000000_rehearsal extends Migration {
  up() { for (const sql of ${JSON.stringify(up)}) this.addSql(sql); }
  down() { throw new Error('nobody goes back'); }
}
`;
  writeFileSync(join(dist, 'migrations', rehearsal), source);
}

/** Puts a condition before the release's own main.js. */
export function main(dist: string, before: string): void {
  renameSync(join(dist, 'src/main.js'), join(dist, 'src/main-itself.js'));
  writeFileSync(join(dist, 'src/main.js'), `${before}\nawait import('./main-itself.js');\n`);
}
