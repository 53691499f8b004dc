import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startOnFreePort } from './embedded-server.mjs';
import { privateFolder } from './paths.mjs';
import { Problem } from './problem.mjs';
import { findProgram, versionOf } from './programs.mjs';
import { writePrivate } from './secrets.mjs';

const user = 'just_driving';
export const databaseName = 'just_driving';

// What a commit survives: the developer's data stand a power cut, a test run's go away with it anyway.
const durable = ['--innodb-flush-log-at-trx-commit=1'];
const fast = ['--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=OFF', '--max-connections=500'];

const remedies = [
  {
    sign: /unable to lock|lock on .*ibdata1|error: 11\b/i,
    remedy: 'Another database server uses these data: end it, then start again.',
  },
  { sign: /no space left|errcode: 28|error 28\b/i, remedy: 'The disk is full: make room, then start again.' },
  {
    sign: /permission denied|errcode: 13|error: 13\b/i,
    remedy:
      'The server may not read or write its files. Give them to yourself (sudo chown -R "$USER" .local) or forget them (npm run reset).\n' +
      "On Ubuntu, AppArmor keeps Oracle's mysqld inside /var/lib/mysql: install mariadb-server-core, or set DATABASE_URL.",
  },
];

/** The database server installed here: { program, kind: 'MariaDB' | 'MySQL', version }, or undefined. */
export function findDatabaseServer() {
  const program = findProgram('mariadbd', 'mysqld');
  const text = program && versionOf(program);
  if (!text) return undefined;
  return {
    program,
    kind: /mariadb/i.test(text) ? 'MariaDB' : 'MySQL',
    version: /(\d+\.\d+\.\d+)/.exec(text)?.[1] ?? '',
  };
}

/**
 * Starts a private database server with its data in `folder`, reachable from this machine only, with a password.
 * @returns { server, name, url } server is the URL without a database's name, url the one with it
 */
export async function startDatabase({ server, folder, password, processes, logFile, relaxed = false }) {
  privateFolder(folder);
  refuseForeignData(server, folder);
  if (!existsSync(join(folder, 'data'))) await createData({ server, folder, processes, logFile });
  const paths = serverPaths(folder, processes);
  writePrivate(paths.init, initialStatements(password));
  const { port } = await startOnFreePort({
    label: `${server.kind} ${server.version}`,
    folder,
    remedies,
    launch: (freePort) => {
      rmSync(paths.pid, { force: true });
      const args = [...serverArguments(folder, paths, freePort), ...(relaxed ? fast : durable)];
      return processes.start('database', server.program, args, { logFile, graceMs: 60_000 });
    },
    isReady: async (itsPort, { pid }) => wrotePid(paths.pid, pid) && (await greets(itsPort)),
  });
  const address = `${server.kind === 'MariaDB' ? 'mariadb' : 'mysql'}://${user}:${password}@127.0.0.1:${port}`;
  return { server: address, url: `${address}/${databaseName}`, name: `${server.kind} ${server.version}`, port };
}

function serverArguments(folder, { socket, pid, init, temporary }, port) {
  return [
    ...baseArguments(join(folder, 'data')),
    '--bind-address=127.0.0.1',
    `--port=${port}`,
    `--socket=${socket}`,
    `--pid-file=${pid}`,
    `--init-file=${init}`,
    `--tmpdir=${temporary}`,
    `--secure-file-priv=${temporary}`,
    '--loose-mysqlx=OFF',
    '--skip-log-bin',
    '--skip-name-resolve',
    '--character-set-server=utf8mb4',
    '--innodb-buffer-pool-size=256M',
    '--performance-schema=OFF',
  ];
}

// --no-defaults must come first: nothing of the machine's own server may leak in.
function baseArguments(data) {
  return ['--no-defaults', `--datadir=${data}`, ...(process.getuid?.() === 0 ? ['--user=root'] : [])];
}

// The socket lies in a short, private folder: the path of one may have 108 characters at most, a clone's may be longer.
function serverPaths(folder, processes) {
  const runtime = mkdtempSync(join(tmpdir().length > 60 ? '/tmp' : tmpdir(), 'just-driving-'));
  processes.removeAfterwards(runtime);
  return {
    socket: join(runtime, 'database.sock'),
    pid: join(runtime, 'database.pid'),
    temporary: privateFolder(join(runtime, 'tmp')),
    init: join(folder, 'init.sql'),
  };
}

// One statement a line: older servers read init files so. Run at each start, before the first connection.
function initialStatements(password) {
  return [
    `CREATE USER IF NOT EXISTS '${user}'@'127.0.0.1' IDENTIFIED BY '${password}';`,
    `ALTER USER '${user}'@'127.0.0.1' IDENTIFIED BY '${password}';`,
    `GRANT ALL PRIVILEGES ON *.* TO '${user}'@'127.0.0.1' WITH GRANT OPTION;`,
    `ALTER USER IF EXISTS 'root'@'localhost' IDENTIFIED BY '${password}';`,
    `CREATE DATABASE IF NOT EXISTS ${databaseName} CHARACTER SET utf8mb4;`,
    '',
  ].join('\n');
}

// Made beside its place and moved there when complete: a start that was killed half way leaves nothing to trip over.
async function createData({ server, folder, processes, logFile }) {
  const fresh = join(folder, 'data.new');
  rmSync(fresh, { recursive: true, force: true });
  const [program, ...args] = createCommand(server, fresh);
  await processes.run(`Creating an empty ${server.kind}`, program, args, { logFile });
  writeFileSync(join(folder, 'server.json'), JSON.stringify({ kind: server.kind, version: server.version }));
  renameSync(fresh, join(folder, 'data'));
}

function createCommand({ program, kind }, data) {
  // A MariaDB that starts clears the temporary files out of its folder, those of others too.
  const base = [...baseArguments(data), `--tmpdir=${dirname(data)}`];
  if (kind === 'MySQL') return [program, ...base, '--initialize-insecure'];
  const installer = findProgram('mariadb-install-db', 'mysql_install_db');
  if (!installer)
    throw new Problem('MariaDB is here, but not mariadb-install-db.', 'Install the whole of mariadb-server-core.');
  return [installer, ...base, '--auth-root-authentication-method=socket', '--skip-test-db'];
}

function refuseForeignData(server, folder) {
  const file = join(folder, 'server.json');
  if (!existsSync(join(folder, 'data')) || !existsSync(file)) return;
  const { kind, version } = JSON.parse(readFileSync(file, 'utf8'));
  if (kind === server.kind) return;
  throw new Problem(
    `The data in ${folder} were written by ${kind} ${version}, but only ${server.kind} ${server.version} is installed.`,
    `Install ${kind} again, or forget the data: npm run reset`,
  );
}

// Written by the server when it is up; proves that the port is answered by it and not by a neighbour.
function wrotePid(file, pid) {
  return existsSync(file) && Number(readFileSync(file, 'utf8')) === pid;
}

/** Whether a MySQL or MariaDB server greets there (protocol version 10 in the first packet). */
function greets(port) {
  return new Promise((resolve) => {
    const socket = net.connect({ host: '127.0.0.1', port, timeout: 2_000 });
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket
      .once('data', (packet) => end(packet[4] === 10))
      .once('timeout', () => end(false))
      .once('error', () => end(false));
    socket.once('close', () => resolve(false));
  });
}
