import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseName } from './mariadb.mjs';
import { local, privateFolder, root } from './paths.mjs';
import { portOf, reservePort } from './ports.mjs';
import { findProgram } from './programs.mjs';
import { step } from './terminal.mjs';

const composeFile = join(root, 'docker', 'compose.laptop.yaml');

/** Names this clone's containers; kept so that `npm run reset` can remove them with their data. */
export const projectFile = join(local, 'docker-project');

/** Whether a Docker engine with Compose runs here. */
export function hasDocker() {
  const works = (...args) => spawnSync('docker', args, { stdio: 'ignore', timeout: 10_000 }).status === 0;
  return findProgram('docker') !== undefined && works('info') && works('compose', 'version');
}

/**
 * Starts the servers as containers of docker/compose.laptop.yaml.
 * @param kinds which of 'database' and 'redis' to start
 * @param temporary remove them with their data afterwards, instead of stopping them
 * @returns { database?: { url, server, name }, redis?: { url, name } }
 */
export async function startContainers(kinds, { folder, secrets, processes, logFile, temporary }) {
  const project = `just-driving-${createHash('sha256').update(folder).digest('hex').slice(0, 10)}`;
  const compose = ['compose', '--project-name', project, '--file', composeFile];
  const first = portOf(folder);
  const { port: databasePort } = await reservePort(first, { label: 'the database' });
  const { port: redisPort } = await reservePort(databasePort + 1, { label: 'Redis' });
  const variables = {
    DATABASE_PORT: String(databasePort),
    DATABASE_PASSWORD: secrets.databasePassword,
    REDIS_PORT: String(redisPort),
    REDIS_PASSWORD: secrets.redisPassword,
  };
  if (!temporary) writeFileSync(join(privateFolder(local), 'docker-project'), project);
  processes.runAfterwards('docker', [...compose, ...(temporary ? ['down', '--volumes'] : ['stop'])]);
  await step(`Starting ${kinds.join(' and ')} with Docker (the first time it downloads them)`, () =>
    processes
      .run('docker compose up', 'docker', [...compose, 'up', '--detach', '--wait', ...kinds], {
        env: { ...process.env, ...variables },
        logFile,
        graceMs: 10_000,
      })
      .then(() => undefined),
  );
  const server = `mariadb://root:${secrets.databasePassword}@127.0.0.1:${databasePort}`;
  const all = {
    database: { server, url: `${server}/${databaseName}`, name: 'MariaDB in Docker', port: databasePort },
    redis: {
      url: `redis://:${secrets.redisPassword}@127.0.0.1:${redisPort}`,
      name: 'Redis in Docker',
      port: redisPort,
    },
  };
  return Object.fromEntries(kinds.map((kind) => [kind, all[kind]]));
}

/** Removes the containers of a project together with their data. @returns whether that worked */
export function removeContainers(project) {
  const args = ['compose', '--project-name', project, '--file', composeFile, 'down', '--volumes'];
  return spawnSync('docker', args, { cwd: root, stdio: 'ignore', timeout: 120_000 }).status === 0;
}
