import { BoundedMap } from '../../../sandbox/http/bounded-map.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { buildApp, startProcess, type AppProcess } from '../../support/processes.js';

type Role = 'web' | 'worker' | 'all';

interface ClusterOptions {
  readonly web?: number;
  readonly workers?: number;
  /** Processes of both roles. */
  readonly all?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly servers?: { readonly database?: string; readonly redis?: string };
}

const remembered = BoundedMap.newest;

/**
 * Web and worker processes as in production, beside an application in the test's process that prepares and proves. Where none is
 * asked for, that one does the work, too.
 */
export class Cluster {
  private constructor(
    readonly test: TestApp,
    private readonly build: ReturnType<typeof buildApp> | null,
    private readonly env: Readonly<Record<string, string>>,
    private readonly running: Readonly<Record<Role, AppProcess[]>>,
  ) {}

  static async open({ web = 0, workers = 0, all = 0, env = {}, servers }: ClusterOptions): Promise<Cluster> {
    // The judge counts all that has ever arrived.
    BoundedMap.newest = Infinity;
    const isAlone = web + workers + all === 0;
    const build = isAlone ? null : buildApp();
    const test = await startTestApp({ jobs: isAlone, servers, env });
    const cluster = new Cluster(test, build, { ...test.env }, { web: [], worker: [], all: [] });
    const roles = { web, worker: workers, all };
    for (const [role, count] of Object.entries(roles)) await cluster.fill(role as Role, count);
    return cluster;
  }

  /** Addresses of the web processes that live. */
  readonly urls = (): readonly string[] =>
    this.build ? [...this.running.web, ...this.running.all].map(({ url }) => url) : [this.test.url];

  /** @param env of this process alone */
  async add(role: Role, env: Readonly<Record<string, string>> = {}): Promise<AppProcess> {
    const process = await startProcess(this.build!.folder, { ...this.env, APP_ROLE: role, ...env });
    this.running[role].push(process);
    return process;
  }

  /** Starts what lacks. */
  async fill(role: Role, count: number): Promise<void> {
    while (this.running[role].length < count) await this.add(role);
  }

  /** SIGKILL of the oldest process of that role. */
  async killOne(role: Role): Promise<void> {
    await this.running[role].shift()!.kill();
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.running).flatMap((all) => all.map((each) => each.kill())));
    await this.test.close();
    this.build?.remove();
    BoundedMap.newest = remembered;
  }
}
