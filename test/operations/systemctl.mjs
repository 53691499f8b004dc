#!/usr/bin/env node
/*
 * What scripts/deploy.mjs needs of systemctl, on a machine without systemd: it notes each call, and `restart` ends the unit's process and
 * starts another as the unit's own file says. Nothing is limited or watched: that is for `systemd-analyze verify` and for systemd.
 */
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { endProcess, identify } from '../../scripts/bootstrap/process-identity.mjs';

const state = process.env.SYSTEMCTL_STATE;
const { units, srv, env: settings } = JSON.parse(readFileSync(join(state, 'host.json'), 'utf8'));
const [verb, unit] = process.argv.slice(2);
if (verb === 'show') process.stdout.write(process.argv.includes('--property=LoadState') ? 'loaded\n' : '\n');
else appendFileSync(join(state, 'calls'), `${verb} ${unit}\n`);
if (verb === 'restart') await restart();

async function restart() {
  const [, template, instance] = /^(.+@)(\d+)$/.exec(unit);
  const lines = here(readFileSync(join(units, `${template}.service`), 'utf8').replaceAll('%i', instance)).split('\n');
  const said = (name) => lines.filter((line) => line.startsWith(`${name}=`)).map((line) => line.slice(name.length + 1));
  const pidFile = join(state, `${unit}.json`);
  const before = existsSync(pidFile) ? JSON.parse(readFileSync(pidFile, 'utf8')) : undefined;
  await endProcess(before, Number(said('TimeoutStopSec')[0]) * 1_000);

  // What stands in a file counts more than what stands in the unit.
  const env = Object.assign({}, ...said('Environment').map((line) => parseEnv(line.split(' ').join('\n'))));
  for (const file of said('EnvironmentFile')) Object.assign(env, settingsIn(file));
  const [program, ...args] = said('ExecStart')[0].split(' ');
  const log = openSync(join(state, `${unit}.log`), 'a');
  const cwd = said('WorkingDirectory')[0];
  const child = spawn(program, args, {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    detached: true,
    stdio: ['ignore', log, log],
  });
  child.unref();
  writeFileSync(pidFile, JSON.stringify(identify(child.pid) ?? {}));
}

function settingsIn(file) {
  const path = file.replace(/^-/, '');
  return file.startsWith('-') && !existsSync(path) ? {} : parseEnv(readFileSync(path, 'utf8'));
}

function here(text) {
  return text
    .replaceAll('/srv/just-driving', srv)
    .replaceAll('/etc/just-driving/env', settings)
    .replaceAll('/usr/bin/node', process.execPath);
}
