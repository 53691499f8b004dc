import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../../scripts/bootstrap/programs.mjs';
import { until } from './until.js';

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

export const chromium = findProgram('chromium', 'chromium-browser', 'google-chrome');

/** A headless Chromium of the machine's, told by its DevTools protocol to open pages: no more of a client than the tests ask for. */
export class Browser {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  static async open(): Promise<Browser> {
    const folder = mkdtempSync(join(tmpdir(), 'jd-browser-'));
    const options = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'];
    const child = spawn(chromium!, [...options, '--remote-debugging-port=0', `--user-data-dir=${folder}`], {
      stdio: 'ignore',
    });
    const browser = new Browser(child, folder);
    await until(() => browser.port() !== undefined);
    return browser;
  }

  /** An empty page as wide as that. */
  async page(width: number): Promise<Page> {
    const response = await fetch(`http://127.0.0.1:${this.port()}/json/new`, { method: 'PUT' });
    const { webSocketDebuggerUrl } = (await response.json()) as { webSocketDebuggerUrl: string };
    const page = new Page(new WebSocket(webSocketDebuggerUrl));
    await page.prepare(width);
    return page;
  }

  async close(): Promise<void> {
    if (this.child.exitCode === null && this.child.kill('SIGKILL')) await once(this.child, 'exit');
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** The first line of what Chromium writes down once it listens. */
  private port(): string | undefined {
    const file = join(this.folder, 'DevToolsActivePort');
    return existsSync(file) ? /^(\d+)\n/.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
  }
}

/** One tab. */
export class Page {
  /** What the page has complained of: exceptions, errors on the console, what it was not allowed to load. */
  readonly complaints: string[] = [];
  /** Answers by the id of what they answer, news by its name. */
  private readonly told = new EventEmitter();
  private sent = 0;

  constructor(private readonly socket: WebSocket) {
    socket.addEventListener('message', ({ data }) => {
      const answer = JSON.parse(data as string) as Answer;
      this.told.emit(answer.method ?? String(answer.id), answer);
    });
    this.told.on('Runtime.exceptionThrown', ({ params }: Answer) => this.complaints.push(JSON.stringify(params)));
    this.told.on('Log.entryAdded', ({ params }: Answer) => {
      const { level, text } = params!['entry'] as { level: string; text: string };
      if (level === 'error') this.complaints.push(text);
    });
  }

  async prepare(width: number): Promise<void> {
    await once(this.socket, 'open');
    for (const domain of ['Page', 'Runtime', 'Log']) await this.call(`${domain}.enable`);
    const size = { width, height: 800, deviceScaleFactor: 1, mobile: false };
    await this.call('Emulation.setDeviceMetricsOverride', size);
  }

  async open(url: string): Promise<void> {
    await this.loading(() => this.call('Page.navigate', { url }));
  }

  /** Does what leads to another page, and waits for it. */
  async loading(act: () => Promise<unknown>): Promise<void> {
    const loaded = once(this.told, 'Page.loadEventFired');
    await act();
    await loaded;
  }

  async evaluate<Value>(expression: string): Promise<Value> {
    const { result, exceptionDetails } = await this.call('Runtime.evaluate', { expression, returnByValue: true });
    if (exceptionDetails) throw new Error(`${expression}: ${JSON.stringify(exceptionDetails)}`);
    return (result as { value: Value }).value;
  }

  private async call(method: string, params: object = {}): Promise<Readonly<Record<string, unknown>>> {
    const id = (this.sent += 1);
    const answered = once(this.told, String(id));
    this.socket.send(JSON.stringify({ id, method, params }));
    const [{ result, error }] = (await answered) as [Answer];
    if (error) throw new Error(`${method}: ${error.message}`);
    return result ?? {};
  }
}
