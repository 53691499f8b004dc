/*
 * Puts a release of scripts/package.mjs into service while the one before serves:
 *   node scripts/deploy.mjs just-driving-1.4.0.tar.gz --root /srv/just-driving --web 3001,3002 --worker 3101,3102
 * migrate → try the new one beside the old ones → web processes one after the other → workers one after the other → verify.
 * What fails on the way is taken back: the release before serves again, and the database stays as it is, which that one can read.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Balancer } from './deploy/balancer.mjs';
import { deploy } from './deploy/deploy.mjs';
import { hostOf } from './deploy/hosts.mjs';
import { printProblem, Problem } from './bootstrap/problem.mjs';

const usage = `Usage: node scripts/deploy.mjs <archive or folder> [options]
  --root <folder>       releases, and "current" which leads to the one in service (default /srv/just-driving)
  --name <release>      what the release is called (default: the archive's name)
  --env <file>          the application's settings (default /etc/just-driving/env)
  --migrate-env <file>  settings for migrating alone, such as a login that may change tables (default migrate.env beside --env, if there)
  --web <ports>         the web processes, separated by commas (default 3001,3002)
  --worker <ports>      the workers (default 3101,3102)
  --host <how>          systemd: just-driving-web@<port>; processes: started and stopped from here (default systemd)
  --upstream <file>     nginx' list of web processes, from which each is taken while it restarts
  --reload <command>    makes nginx read it (default "systemctl reload nginx")
  --contract            the migrations may take away what the release before still reads
  --keep <n>            how many former releases stay (default 3)`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    root: { type: 'string', default: '/srv/just-driving' },
    name: { type: 'string' },
    env: { type: 'string', default: '/etc/just-driving/env' },
    'migrate-env': { type: 'string' },
    web: { type: 'string', default: '3001,3002' },
    worker: { type: 'string', default: '3101,3102' },
    host: { type: 'string', default: 'systemd' },
    upstream: { type: 'string' },
    reload: { type: 'string', default: 'systemctl reload nginx' },
    contract: { type: 'boolean', default: false },
    keep: { type: 'string', default: '3' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help || positionals.length !== 1) {
  process.stdout.write(`${usage}\n`);
  process.exit(values.help ? 0 : 2);
}
const ports = (list) => list.split(',').filter(Boolean).map(Number);
try {
  const { root, env: envFile, upstream, reload } = values;
  const migrateEnvFile = values['migrate-env'] ?? join(dirname(envFile), 'migrate.env');
  if (values['migrate-env'] && !existsSync(migrateEnvFile)) throw new Problem(`There is no ${migrateEnvFile}.`);
  const web = ports(values.web);
  await deploy({
    artefact: positionals[0],
    name: values.name,
    root,
    envFile,
    migrateEnvFiles: [envFile, migrateEnvFile].filter(existsSync),
    web,
    workers: ports(values.worker),
    host: hostOf(values.host, { root, envFile }),
    balancer: new Balancer({ file: upstream, reload, ports: web }),
    contract: values.contract,
    keep: Number(values.keep),
    say: (line) => process.stdout.write(`${line}\n`),
  });
} catch (error) {
  printProblem(error);
  process.exitCode = 1;
}
