import net from 'node:net';
import { join } from 'node:path';
import { startOnFreePort } from './embedded-server.mjs';
import { privateFolder } from './paths.mjs';
import { findProgram, versionOf } from './programs.mjs';
import { writePrivate } from './secrets.mjs';

/** The Redis server installed here (Valkey speaks the same protocol): { program, version }, or undefined. */
export function findRedisServer() {
  const program = findProgram('redis-server', 'valkey-server');
  const text = program && versionOf(program);
  return text
    ? { program, kind: /valkey/i.test(text) ? 'Valkey' : 'Redis', version: /v=(\S+)/.exec(text)?.[1] ?? '' }
    : undefined;
}

/**
 * Starts a private Redis with its data in `folder`, reachable from this machine only, with a password.
 * @returns { url, name }
 */
export async function startRedis({ server, folder, password, processes, logFile, relaxed = false }) {
  const data = privateFolder(join(folder, 'data'));
  const { port } = await startOnFreePort({
    label: `${server.kind} ${server.version}`,
    folder,
    launch: (freePort) => {
      const file = join(folder, 'redis.conf');
      writePrivate(file, settings({ port: freePort, data, password, relaxed }));
      return processes.start('redis', server.program, [file], { logFile, graceMs: 20_000 });
    },
    isReady: (itsPort) => answersPing(itsPort, password),
  });
  return { url: `redis://:${password}@127.0.0.1:${port}`, name: `${server.kind} ${server.version}`, port };
}

// A file and not arguments: the password must not show in the list of processes.
function settings({ port, data, password, relaxed }) {
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    `dir ${JSON.stringify(data)}`,
    `requirepass ${password}`,
    'daemonize no',
    'save ""',
    `appendonly ${relaxed ? 'no' : 'yes'}`,
    'appendfsync everysec',
    'maxmemory-policy noeviction',
    '',
  ].join('\n');
}

/** Whether the Redis there knows the password (so it is ours) and has loaded its data. */
function answersPing(port, password) {
  return new Promise((resolve) => {
    const socket = net.connect({ host: '127.0.0.1', port, timeout: 2_000 });
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    let said = '';
    socket.once('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.on('data', (chunk) => {
      said += chunk;
      if (said.includes('+PONG')) end(true);
      else if (said.includes('-')) end(false);
    });
    socket
      .once('timeout', () => end(false))
      .once('error', () => end(false))
      .once('close', () => resolve(false));
  });
}
