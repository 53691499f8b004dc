/*
 * npm start: from a fresh clone to a running application, and back to nothing on Ctrl-C.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readSettings } from './bootstrap/env-file.mjs';
import { bootstrap } from './bootstrap/index.mjs';
import { tryLock } from './bootstrap/lock.mjs';
import { local, logs, privateFolder, processFile, root, runLock } from './bootstrap/paths.mjs';
import { reservePort } from './bootstrap/ports.mjs';
import { Problem, printProblem } from './bootstrap/problem.mjs';
import { Processes } from './bootstrap/processes.mjs';
import { checkOwnRuntime } from './bootstrap/runtime.mjs';
import { endLeftOver } from './bootstrap/running.mjs';
import { secretsOf } from './bootstrap/secrets.mjs';
import { untilToldToStop } from './bootstrap/signals.mjs';
import { say, step } from './bootstrap/terminal.mjs';
import { addressOf, endedProblem, startApplication, startSandbox, turnLogs } from './start/application.mjs';
import { banner } from './start/banner.mjs';
import { buildWhenStale } from './start/build.mjs';
import { applicationEnvironment, isLocal, wantsSandbox } from './start/environment.mjs';
import { readRun, removeRun, writeRun } from './start/run-file.mjs';

process.exitCode = await main();

async function main() {
  let lock;
  try {
    checkOwnRuntime();
    lock = lockThisClone();
    return await runUntilTold();
  } catch (error) {
    printProblem(error);
    return 1;
  } finally {
    lock?.release();
  }
}

function lockThisClone() {
  privateFolder(local);
  const lock = tryLock(runLock);
  if (lock.release) return lock;
  const home = readRun()?.urls.home;
  const where = home ? `at ${home}` : 'and still starting';
  throw new Problem(
    `Just Driving runs already in this clone: process ${lock.holder.pid}, ${where}.`,
    'Stop that one first (Ctrl-C there).',
  );
}

async function runUntilTold() {
  await clearUpAfterCrash();
  const processes = new Processes(processFile);
  const told = untilToldToStop(() => processes.kill(['app', 'sandbox']));
  try {
    const ended = startAll(processes).then(() => processes.untilOneEnds());
    const process_ = await Promise.race([told.then(() => undefined), ended]);
    if (process_) throw endedProblem(process_);
    return 0;
  } finally {
    await stopAll(processes);
  }
}

async function clearUpAfterCrash() {
  const names = await endLeftOver(processFile);
  removeRun();
  if (names.length > 0) say(`✓ Ended what a killed start had left running: ${names.join(', ')}`);
}

async function startAll(processes) {
  const settings = readSettings();
  turnLogs();
  const { runtime, services } = await bootstrap({ processes, settings, folder: local, logFolder: logs });
  await buildWhenStale(processes);
  const { env, ports } = await chooseEnvironment(settings, services);
  await prepareDatabase(processes, runtime, env);
  if (ports.sandbox) await startSandbox(processes, runtime, env);
  const [, logins, details] = await Promise.all([
    startApplication(processes, runtime, env),
    demoLogins(runtime, env),
    demoDetails(runtime, env),
  ]);
  const { payPage, partnerKey } = details;
  const run = describeRun({ env, ports, processes, logins: withPartner(logins, partnerKey), payPage });
  writeRun(run);
  say(banner(run));
}

async function chooseEnvironment(settings, services) {
  const host = settings.HOST ?? '127.0.0.1';
  const app = await choosePort(settings, 'PORT', 3000, 'the application', host);
  const sandbox = wantsSandbox(settings) ? await choosePort(settings, 'SANDBOX_PORT', 4100, 'the sandbox') : undefined;
  const smtp = sandbox && (await choosePort(settings, 'SANDBOX_SMTP_PORT', 4125, "the sandbox's SMTP server"));
  const addresses = { port: app, sandboxPort: sandbox, smtpPort: smtp, publicUrl: `http://${addressOf(host)}:${app}` };
  const urls = { databaseUrl: services.database.url, redisUrl: services.redis.url };
  return {
    env: applicationEnvironment(settings, { ...addresses, ...urls }, secretsOf(local)),
    ports: { app, sandbox, smtp },
  };
}

// A port somebody asked for is taken or the start fails; a usual one may give way to the next.
async function choosePort(settings, variable, usual, label, host) {
  const wanted = Number(settings[variable] ?? usual);
  const remedy = `Stop that program, or set ${variable} to another port.`;
  const { port } = await reservePort(wanted, { label, host, fixed: settings[variable] !== undefined, remedy });
  if (port !== wanted) say(`✓ Port ${wanted} is taken: ${label} gets ${port}`);
  return port;
}

async function prepareDatabase(processes, runtime, env) {
  const cli = (...args) =>
    processes.run(`cli ${args.join(' ')}`, runtime, ['dist/src/cli.js', ...args], {
      env,
      logFile: join(logs, 'cli.log'),
    });
  await step('Migrating', () => cli('migrate').then(() => undefined));
  if (isLocal(env))
    await step('Seeding the demo school, if there is none', () => cli('seed', '--if-empty').then(() => undefined));
}

async function demoLogins(runtime, env) {
  return isLocal(env) ? JSON.parse(await said(runtime, env, 'demo-logins')) : [];
}

/** Where an unpaid invoice of the demo school is paid, and the key of its directory: what there is of them. */
async function demoDetails(runtime, env) {
  return isLocal(env) ? JSON.parse((await said(runtime, env, 'demo-details')).trim().split('\n').at(-1)) : {};
}

function withPartner(logins, secret) {
  return secret ? [...logins, { role: 'partner key', email: 'findkoreskole.dk', password: secret }] : logins;
}

async function said(runtime, env, command) {
  const { stdout } = await promisify(execFile)(runtime, ['dist/src/cli.js', command], { cwd: root, env });
  return stdout;
}

function describeRun({ env, ports, processes, logins, payPage }) {
  const home = `http://${addressOf(env.HOST)}:${ports.app}`;
  const urls = {
    home: `${home}/`,
    api: `${home}/v1`,
    docs: `${home}/docs`,
    operations: `${home}/ops`,
    health: `${home}/health/ready`,
  };
  return {
    pid: process.pid,
    startedAt: new Date().toISOString(),
    urls: {
      ...urls,
      ...(payPage && { payPage }),
      ...(ports.sandbox && { sandbox: `http://127.0.0.1:${ports.sandbox}/` }),
    },
    ports,
    processes: processes.pids(),
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    logins,
  };
}

async function stopAll(processes) {
  removeRun();
  if (Object.keys(processes.pids()).length === 0) return processes.stopAll();
  return step('Stopping: letting requests and jobs finish', () => processes.stopAll());
}
