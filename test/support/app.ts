import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EntityManager } from '@mikro-orm/mysql';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Redis } from 'ioredis';
import { sql } from 'kysely';
import { SANDBOX_CREDENTIALS, startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/sandbox.js';
import { AppModule, type AppOptions } from '../../src/app.module.js';
import { globalQuery } from '../../src/platform/database/query.js';
import { applicationOptions, configureApp, HttpAdapter } from '../../src/platform/http/application.js';
import { LogOutput } from '../../src/platform/observability/log-output.js';
import { Relay } from '../../src/platform/outbox/relay.js';
import { Clock } from '../../src/platform/values/clock.js';
import { ApiDocument } from './api-document.js';
import { checkedHttp, type Http } from './checked-http.js';
import { dropDatabase, queuePrefix, redisUrl } from './database-server.js';
import { freePort } from './free-port.js';
import { migratedDatabase } from './migrated-database.js';
import { TestClock } from './test-clock.js';
import { until } from './until.js';

export interface TestAppOptions {
  /** Runs deliveries and schedules too; on by default. */
  readonly jobs?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Addresses of servers that are the test's own, instead of those that the test run was given. */
  readonly servers?: { readonly database?: string; readonly redis?: string };
  /** Another process of that application: with its database, its Redis, its files, its clock and its outside world. Close it before. */
  readonly beside?: TestApp;
  /** Tells the sandbox's error tracker of every error that is logged. */
  readonly reportsErrors?: boolean;
  /** Gets each log line; without it they go where the application sends them. */
  readonly log?: (line: string) => void;
  /** What the vendors know of us. */
  readonly credentials?: Pick<SandboxOptions, 'stripe' | 'twilio' | 'mailLogin'>;
}

/** The application as it runs, on its own database and queue, with the outside world beside it. */
export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly url: string;
  /** Holds every answer against the document. */
  readonly http: Http;
  readonly document: ApiDocument;
  readonly em: EntityManager;
  readonly clock: TestClock;
  readonly sandbox: Sandbox;
  readonly databaseUrl: string;
  readonly redisPrefix: string;
  /** The settings it runs with, for a second process beside it. */
  readonly env: Readonly<Record<string, string>>;
  /** Where uploads lie. */
  readonly filesFolder: string;
  /** Waits until every delivery that is due now has been done; longer where a process was killed at one. */
  settle(seconds?: number): Promise<void>;
  /** Forgets what the queue holds, as FLUSHALL would, for this application alone. */
  emptyQueue(): Promise<void>;
  close(): Promise<void>;
}

export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { beside } = options;
  const [databaseUrl, port] = await Promise.all([
    beside?.databaseUrl ?? migratedDatabase('app', options.servers?.database),
    freePort(),
  ]);
  const url = `http://127.0.0.1:${port}`;
  const sandbox =
    beside?.sandbox ??
    (await startSandbox({
      port: 0,
      smtpPort: 0,
      appUrl: url,
      vendorSpecs: process.env['VENDOR_SPECS'],
      ...options.credentials,
      // A text stays sent: what its phone says would come at any moment of a test.
      twilio: { deliveryStepMs: 3_600_000, ...options.credentials?.twilio },
      books: { xero: { perMinute: 10_000, perSecond: 1_000 } },
    }));
  const prefix = beside?.redisPrefix ?? queuePrefix();
  const clock = beside?.clock ?? new TestClock();
  const filesFolder = beside?.filesFolder ?? (await mkdtemp(join(tmpdir(), 'jd-files-')));
  const env = {
    ...environmentOf(url, databaseUrl, prefix, sandbox),
    FILES_DIR: filesFolder,
    ...(options.reportsErrors && { SENTRY_DSN: sandbox.errors.dsn(sandbox.url) }),
    ...(options.servers?.redis && { REDIS_URL: options.servers.redis }),
    ...options.env,
  };
  const output = options.log ? { stream: { write: options.log } } : new LogOutput();
  const app = await startApplication(clock, output, { jobs: options.jobs ?? true, env }, port).catch(
    async (error: unknown) => {
      if (!beside) await sandbox.close();
      throw error;
    },
  );
  const em = app.get<EntityManager>(EntityManager);
  let known: ApiDocument | undefined;
  const document = () => (known ??= new ApiDocument(app));
  return {
    app,
    url,
    em,
    clock,
    sandbox,
    databaseUrl,
    redisPrefix: prefix,
    env,
    filesFolder,
    http: checkedHttp(url, document),
    get document() {
      return document();
    },
    settle: (seconds) => settle(em, app.get(Relay), clock, seconds),
    emptyQueue: () => emptyQueue(options.servers?.redis ?? redisUrl, prefix),
    close: async () => {
      await app.close();
      if (!beside) {
        await sandbox.close();
        // What lies on servers of the test's own goes away with them.
        if (!options.servers?.redis) await emptyQueue(redisUrl, prefix);
        if (!options.servers?.database) await dropDatabase(databaseUrl);
        await rm(filesFolder, { recursive: true });
      }
      if (!beside) assertNoViolations(sandbox);
    },
  };
}

async function startApplication(
  clock: Clock,
  output: LogOutput,
  options: AppOptions,
  port: number,
): Promise<NestFastifyApplication> {
  const testing = await Test.createTestingModule({ imports: [AppModule.forRoot(options)] })
    .overrideProvider(Clock)
    .useValue(clock)
    .overrideProvider(LogOutput)
    .useValue(output)
    .compile();
  const app = testing.createNestApplication<NestFastifyApplication>(new HttpAdapter(), applicationOptions);
  try {
    await configureApp(app);
    await app.listen(port, '127.0.0.1');
  } catch (error) {
    // Its jobs would work in the next file's database.
    await app.close();
    throw error;
  }
  return app;
}

function assertNoViolations({ violations }: Sandbox): void {
  if (violations.length > 0) throw new Error(`vendor contracts were violated: ${JSON.stringify(violations)}`);
}

function environmentOf(url: string, databaseUrl: string, prefix: string, sandbox: Sandbox) {
  return {
    APP_ENV: 'test',
    PUBLIC_URL: url,
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    REDIS_PREFIX: prefix,
    // Tests of limits set their own; no other test shall meet one.
    RATE_LIMIT_PER_CALLER: '1000000',
    RATE_LIMIT_PER_ADDRESS: '1000000',
    RATE_LIMIT_PERCENT: '0',
    AUTH_ATTEMPTS_PERCENT: '100000',
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    MAIL_HOST: '127.0.0.1',
    MAIL_PORT: String(sandbox.smtpPort),
    SMS_ENABLED: 'true',
    TWILIO_API_URL: sandbox.url,
    STRIPE_API_URL: sandbox.url,
    VIPPS_API_URL: sandbox.url,
    PAYPAL_API_URL: sandbox.url,
    FINDKORESKOLE_WEBHOOK_URL: `${sandbox.url}/findkoreskole/hooks`,
    FINDKORESKOLE_WEBHOOK_SECRET: SANDBOX_CREDENTIALS.findkoreskoleWebhookSecret,
    GATEWAYAPI_API_URL: sandbox.url,
    SPARKPOST_API_URL: sandbox.url,
    XERO_API_URL: sandbox.url,
    XERO_CALLS_PER_MINUTE: '10000',
    XERO_CALLS_PER_SECOND: '1000',
    XERO_TIMEOUT_MS: '2000',
    ECONOMIC_CALLS_PER_SECOND: '1000',
    QUICKBOOKS_CALLS_PER_MINUTE: '10000',
    ECONOMIC_API_URL: `${sandbox.url}/e-conomic`,
    QUICKBOOKS_API_URL: `${sandbox.url}/quickbooks`,
    WEBHOOK_LOCAL_HOSTS: new URL(sandbox.url).host,
    ETEORI_API_URL: sandbox.url,
    ...senders,
  };
}

const senders = {
  ETEORI_API_KEY: 'sandbox',
  ETEORI_SIGNING_SECRET: 'sandbox-signing',
  ETEORI_WEBHOOK_SECRET: 'sandbox-webhooks',
  GATEWAYAPI_TOKEN: 'sandbox',
  GATEWAYAPI_WEBHOOK_SECRET: 'sandbox',
  SPARKPOST_API_KEY: 'sandbox',
  SPARKPOST_WEBHOOK_USERNAME: 'sandbox',
  SPARKPOST_WEBHOOK_PASSWORD: 'sandbox',
};

async function settle(em: EntityManager, relay: Relay, clock: Clock, seconds?: number): Promise<void> {
  let open: unknown[] = [];
  const isSettled = async (): Promise<boolean> => {
    relay.wake();
    const { rows } = await sql`
      SELECT d.handler, d.attempts, d.failures, d.due_at, d.last_error, e.payload
      FROM outbox_deliveries d JOIN outbox_events e ON e.id = d.event_id
      WHERE d.state = 'open' AND (d.due_at <= ${clock.now()} OR d.leased_until > NOW(3)) LIMIT 10`.execute(
      globalQuery<object>(em),
    );
    open = rows;
    return rows.length === 0;
  };
  await until(isSettled, seconds).catch((cause: unknown) => {
    throw new Error(`not done by ${clock.now().toISOString()}: ${JSON.stringify(open)}`, { cause });
  });
}

async function emptyQueue(url: string, prefix: string): Promise<void> {
  const redis = new Redis(url);
  const keys = await redis.keys(`${prefix}*`);
  if (keys.length > 0) await redis.del(keys);
  redis.disconnect();
}
