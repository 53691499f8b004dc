import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { privateFolder, root } from './paths.mjs';
import { Problem } from './problem.mjs';
import { identify, signal } from './process-identity.mjs';
import { endRunning, writeRunning } from './running.mjs';

const watchman = join(dirname(fileURLToPath(import.meta.url)), 'watchman.mjs');

/** Thrown to whoever still wants to start something while everything is being stopped. */
export class Stopping extends Error {}

/**
 * Starts processes and ends them in reverse order. Each has its own process group, so that Ctrl-C in a terminal reaches
 * the start alone, which can then let the application drain before its database goes.
 */
export class Processes {
  #file;
  #watchman;
  #stopped;
  #handles = [];
  #running = { owner: identify(process.pid), processes: [], commands: [], paths: [] };

  /** @param file where the list of running processes is kept for whoever clears up after a crash */
  constructor(file) {
    this.#file = file;
    privateFolder(dirname(file));
  }

  /**
   * Starts a process whose output goes to a log file.
   * @returns { name, pid, logFile, exited } where exited resolves to { code, signal }
   */
  start(name, command, args, { env = process.env, logFile, graceMs = 10_000 }) {
    if (this.#stopped) throw new Stopping();
    this.#watch();
    privateFolder(dirname(logFile));
    const log = openSync(logFile, 'a', 0o600);
    const logStart = statSync(logFile).size;
    const child = spawn(command, args, {
      cwd: root,
      env: { ...env, NO_COLOR: '1' },
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    const process_ = { name, pid: child.pid, logFile, logStart, exited: exitOf(child) };
    this.#add(process_, { graceMs });
    return process_;
  }

  /** Starts a command on this terminal, where Ctrl-C reaches it directly. @returns { name, pid, exited } */
  startHere(name, command, args, env) {
    if (this.#stopped) throw new Stopping();
    this.#watch();
    const child = spawn(command, args, { cwd: root, env, stdio: 'inherit' });
    const process_ = { name, pid: child.pid, exited: exitOf(child) };
    this.#add(process_, { graceMs: 10_000, alone: true });
    return process_;
  }

  /** Runs a command to its end. @returns what it printed @throws Problem with the end of its output when it fails */
  async run(name, command, args, options) {
    const process_ = this.start(name, command, args, options);
    const { code } = await process_.exited;
    if (this.#stopped) throw new Stopping();
    if (code === 0) return output(process_);
    throw new Problem(`${name} failed.`, `${lastLines(process_)}\nThe whole output: ${process_.logFile}`);
  }

  /** Resolves with the first of the processes now running that ends: its handle with { code, signal }. */
  untilOneEnds() {
    return Promise.race(this.#handles.map((process_) => process_.exited.then((exit) => ({ ...process_, ...exit }))));
  }

  /** The numbers of the running processes by name. */
  pids() {
    return Object.fromEntries(this.#handles.map(({ name, pid }) => [name, pid]));
  }

  /** A folder or file to remove when everything has stopped. @returns a function that removes it already now */
  removeAfterwards(path) {
    this.#running.paths.push(path);
    this.#write();
    return () => {
      rmSync(path, { recursive: true, force: true });
      this.#running.paths = this.#running.paths.filter((each) => each !== path);
      if (!this.#stopped) this.#write();
    };
  }

  /** A command to run when everything has stopped (containers are not our children). */
  runAfterwards(command, args) {
    this.#running.commands.push([command, args]);
    this.#write();
  }

  /** Ends everything, last started first. Safe to call twice. */
  stopAll() {
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  /** Stops waiting for a graceful end: what still runs of these is killed now. */
  kill(names) {
    for (const each of this.#running.processes) if (names.includes(each.name)) signal(each, 'SIGKILL');
  }

  async #stopAll() {
    await endRunning(this.#running);
    rmSync(this.#file, { force: true });
    this.#watchman?.stdin.destroy();
  }

  #add(process_, options) {
    const entry = { name: process_.name, ...identify(process_.pid), ...options };
    this.#running.processes.push(entry);
    this.#handles.push(process_);
    this.#write();
    void process_.exited.then(() => {
      this.#handles = this.#handles.filter((each) => each !== process_);
      this.#running.processes = this.#running.processes.filter((each) => each !== entry);
      if (!this.#stopped) this.#write();
    });
  }

  #write() {
    this.#watch();
    writeRunning(this.#file, this.#running);
  }

  #watch() {
    if (this.#watchman) return;
    writeRunning(this.#file, this.#running);
    this.#watchman = spawn(process.execPath, [watchman, this.#file], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.#watchman.on('error', () => {});
    this.#watchman.stdin.on('error', () => {});
    this.#watchman.unref();
    this.#watchman.stdin.unref?.();
  }
}

/** What a process has written to its log since it was started. */
export function output({ logFile, logStart }) {
  return readFileSync(logFile).subarray(logStart).toString('utf8');
}

export function lastLines(process_, count = 15) {
  return output(process_).trimEnd().split('\n').slice(-count).join('\n');
}

function exitOf(child) {
  return new Promise((resolve) => {
    child.once('exit', (code, name) => resolve({ code, signal: name }));
    child.once('error', (error) => resolve({ code: 127, signal: null, error }));
  });
}
