import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { createConnection } from 'mysql2/promise';
import { Processes } from '../../../scripts/bootstrap/processes.mjs';
import { findProgram } from '../../../scripts/bootstrap/programs.mjs';
import { freePort } from '../../support/free-port.js';
import { until } from '../../support/until.js';

interface Launch {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly answers: () => Promise<boolean>;
}

/** A server of a test's own, which may be frozen and killed, and comes back at its address with its data. */
export class PrivateServer {
  /** When it ended last, by itself or killed, in milliseconds since the epoch; 0 while it never did. */
  endedAt = 0;
  private process: ReturnType<Processes['start']>;

  constructor(
    readonly url: string,
    private readonly launch: Launch,
    private readonly servers: PrivateServers,
  ) {}

  /** @param more arguments for this start alone */
  async start(more: readonly string[] = [], seconds = 60): Promise<this> {
    const { name, program, args, answers } = this.launch;
    this.process = this.servers.run(name, program, [...args, ...more]);
    void this.process.exited.then(() => (this.endedAt = Date.now()));
    await until(answers, seconds);
    return this;
  }

  /** What a supervisor does. @returns whether it had ended by itself */
  async startIfEnded(): Promise<boolean> {
    const hasEnded = await Promise.race([this.process.exited.then(() => true), setImmediate(false)]);
    if (hasEnded) await this.start();
    return hasEnded;
  }

  /** SIGKILL: what is not on disk is lost. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.process.exited;
  }

  /** It keeps its connections and answers nothing. */
  freeze(): void {
    this.signal('SIGSTOP');
  }

  thaw(): void {
    this.signal('SIGCONT');
  }

  private signal(name: NodeJS.Signals): void {
    process.kill(this.process.pid, name);
  }
}

/** Starts private servers in a folder of their own, and takes all of it away afterwards. */
export class PrivateServers {
  readonly folder = mkdtempSync(join(tmpdir(), 'jd-faults-'));
  private readonly processes = new Processes(join(this.folder, 'processes.json'));

  constructor() {
    chmodSync(this.folder, 0o755);
    this.processes.removeAfterwards(this.folder);
  }

  run(name: string, program: string, args: readonly string[]) {
    return this.processes.start(name, program, [...args], {
      logFile: join(this.folder, `${name}.log`),
      graceMs: 5_000,
    });
  }

  /** @param data where its data lie; they are made there when there are none */
  async mariaDb({ name = 'mariadb', more = [] as readonly string[] } = {}): Promise<PrivateServer> {
    const data = join(this.folder, name);
    const port = await freePort();
    // Not as root: rsync, by which nodes of a cluster copy each other, would give up its rights and then lack them.
    const user = process.getuid?.() === 0 ? ['--user=nobody'] : [];
    const installer = needed('mariadb-install-db');
    // A MariaDB that starts clears the temporary files out of its folder, those of others too.
    const temporary = join(this.folder, `${name}-tmp`);
    mkdirSync(temporary);
    chmodSync(temporary, 0o777);
    const install = ['--no-defaults', `--datadir=${data}`, `--tmpdir=${temporary}`, ...user];
    await this.processes.run('install', installer, [...install, '--auth-root-authentication-method=normal'], {
      logFile: join(this.folder, `${name}-install.log`),
    });
    const args = [
      ...install,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      `--socket=${join(data, 'mysqld.sock')}`,
      `--pid-file=${join(data, 'mysqld.pid')}`,
      '--skip-name-resolve',
      '--skip-log-bin',
      '--character-set-server=utf8mb4',
      '--innodb-flush-log-at-trx-commit=1',
      '--innodb-buffer-pool-size=128M',
      '--max-connections=500',
      '--performance-schema=OFF',
      ...more,
    ];
    const url = `mariadb://root@127.0.0.1:${port}`;
    const launch = { name, program: needed('mariadbd'), args, answers: () => answersSql(url) };
    return new PrivateServer(url, launch, this);
  }

  /** Three nodes of MariaDB that are one database (Galera), all of which may be written to. */
  async galera(library: string): Promise<PrivateServer[]> {
    const ports = await Promise.all(Array.from({ length: 9 }, freePort));
    const [groups, transfers, increments] = [ports.slice(0, 3), ports.slice(3, 6), ports.slice(6)];
    const address = `gcomm://${groups.map((port) => `127.0.0.1:${port}`).join(',')}`;
    const nodes = await Promise.all(
      groups.map((port, index) =>
        this.mariaDb({
          name: `galera${index}`,
          more: [
            '--wsrep-on=ON',
            `--wsrep-provider=${library}`,
            `--wsrep-cluster-address=${address}`,
            '--wsrep-node-address=127.0.0.1',
            `--wsrep-provider-options=gmcast.listen_addr=tcp://127.0.0.1:${port};ist.recv_addr=127.0.0.1:${increments[index]}`,
            // As docs/operations.md asks for: each node waits until it has what was committed at another before.
            '--wsrep-sync-wait=7',
            '--wsrep-sst-method=rsync',
            `--wsrep-sst-receive-address=127.0.0.1:${transfers[index]}`,
            '--binlog-format=ROW',
            '--innodb-autoinc-lock-mode=2',
          ],
        }),
      ),
    );
    await nodes[0]!.start(['--wsrep-new-cluster']);
    for (const node of nodes.slice(1)) await node.start();
    return nodes;
  }

  async redis({ name = 'redis', more = [] as readonly string[] } = {}): Promise<PrivateServer> {
    const port = await freePort();
    const url = `redis://127.0.0.1:${port}`;
    const args = ['--bind', '127.0.0.1', '--port', String(port), '--dir', this.folder, '--save', '', ...more];
    const launch = { name, program: needed('redis-server'), args, answers: () => answersPing(url) };
    return new PrivateServer(url, launch, this);
  }

  /** A small file system in memory. Needs root. @returns where it is */
  smallDisk(mebibytes: number): string {
    const disk = join(this.folder, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', disk]);
    this.processes.runAfterwards('umount', [disk]);
    return disk;
  }

  stopAll(): Promise<void> {
    return this.processes.stopAll();
  }
}

/** Whether this machine has the programs. */
export function has(...programs: string[]): boolean {
  return programs.every((program) => findProgram(program) !== undefined);
}

function needed(program: string): string {
  const path = findProgram(program);
  if (!path) throw new Error(`${program} is not installed`);
  return path;
}

async function answersSql(url: string): Promise<boolean> {
  try {
    const db = await createConnection({ uri: url.replace(/^mariadb:/, 'mysql:'), connectTimeout: 2_000 });
    await db.query('SELECT 1').finally(() => db.end());
    return true;
  } catch {
    return false;
  }
}

async function answersPing(url: string): Promise<boolean> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return (await redis.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}
