import { join } from 'node:path';
import { hasDocker, startContainers } from './docker.mjs';
import { findDatabaseServer, startDatabase } from './mariadb.mjs';
import { installPackages } from './packages.mjs';
import { root } from './paths.mjs';
import { acceptsWithin } from './ports.mjs';
import { Problem } from './problem.mjs';
import { findRedisServer, startRedis } from './redis.mjs';
import { secretsOf } from './secrets.mjs';
import { canInstallPackages, installCommand } from './system.mjs';
import { say, step } from './terminal.mjs';

const kinds = {
  database: {
    variable: 'DATABASE_URL',
    program: 'MariaDB or MySQL',
    port: 3306,
    find: findDatabaseServer,
    start: startDatabase,
  },
  redis: { variable: 'REDIS_URL', program: 'Redis', port: 6379, find: findRedisServer, start: startRedis },
};

/**
 * Finds or starts a database and a Redis: the given URLs; else private servers with their data in `folder`, from the
 * programs on this machine, from Docker, or from the system's packages. Says in one line what it chose.
 * @param settings the reader's, with DATABASE_URL and REDIS_URL (their names start with `prefix`)
 * @param temporary the data need not outlive this run
 * @returns { database: { url, server, name }, redis: { url, name } }
 */
export async function startServices({ settings, prefix = '', folder, logFolder, processes, temporary = false }) {
  const services = await reachGiven(settings, prefix);
  const wanted = Object.keys(kinds).filter((kind) => !services[kind]);
  const common = { processes, folder, temporary, secrets: secretsOf(folder), logFile: join(logFolder, 'services.log') };
  const missing = wanted.filter((kind) => !kinds[kind].find());
  Object.assign(services, await provideMissing(missing, common));
  for (const kind of wanted.filter((each) => !services[each])) {
    services[kind] = await startEmbedded(kind, { ...common, logFile: join(logFolder, `${kind}.log`) });
  }
  say(`✓ ${describe('Database', services.database)}; ${describe('Redis', services.redis)}`);
  return services;
}

async function reachGiven(settings, prefix) {
  const reached = {};
  for (const [kind, { variable, port }] of Object.entries(kinds)) {
    const url = settings[prefix + variable];
    if (url) reached[kind] = await reach(prefix + variable, url, port);
  }
  return reached;
}

async function reach(variable, text, usualPort) {
  const example = 'It looks like mysql://user:password@host:3306/database or redis://host:6379.';
  if (!URL.canParse(text)) throw new Problem(`${variable} is not a URL.`, example);
  const url = new URL(text);
  const port = Number(url.port || usualPort);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  await step(`Waiting for ${variable} (${host}:${port})`, () => mustAccept(variable, host, port));
  return { url: text, server: text, name: variable, host, port };
}

async function mustAccept(variable, host, port) {
  if (await acceptsWithin(host, port, 30_000)) return '';
  const remedy = `Start it, mend ${variable}, or remove it: then a private server is used.`;
  throw new Problem(`Nothing answers at ${host}:${port}, where ${variable} points.`, remedy);
}

// Docker and packages come in only where a program is not on this machine.
async function provideMissing(missing, common) {
  if (missing.length === 0) return {};
  if (hasDocker()) return startContainers(missing, common);
  const names = missing.map((kind) => kinds[kind].program).join(' and ');
  const elsewhere = `Or start Docker, or point ${missing.map((kind) => kinds[kind].variable).join(' and ')} at a server of yours.`;
  if (!canInstallPackages())
    throw new Problem(`${names} not found on this machine.`, `${installCommand()}\n${elsewhere}`);
  await installPackages(missing, common);
  const still = missing.find((kind) => !kinds[kind].find());
  if (still) throw new Problem(`${kinds[still].program} not found, not even after installing its packages.`, elsewhere);
  return {};
}

async function startEmbedded(kind, { processes, folder, secrets, logFile, temporary }) {
  const server = kinds[kind].find();
  const data = join(folder, kind);
  const password = kind === 'database' ? secrets.databasePassword : secrets.redisPassword;
  let service;
  await step(`Starting a private ${server.kind} ${server.version}`, async () => {
    service = await kinds[kind].start({ server, folder: data, password, processes, logFile, relaxed: temporary });
    return '';
  });
  return { ...service, data };
}

function describe(label, { name, host = '127.0.0.1', port, data }) {
  const where = data?.startsWith(root) ? `, data in ${data.slice(root.length + 1)}` : '';
  return `${label}: ${data ? 'private ' : ''}${name} at ${host}:${port}${where}`;
}
