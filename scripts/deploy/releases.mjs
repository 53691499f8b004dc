import { execFile, spawn } from 'node:child_process';
import {
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import { Problem } from '../bootstrap/problem.mjs';

/** The release that `current` leads to: { name, folder }, or undefined before the first one. */
export function currentRelease(root) {
  const link = join(root, 'current');
  if (!existsSync(link)) return undefined;
  const folder = resolve(root, readlinkSync(link));
  return { name: basename(folder), folder };
}

/** Lays the artefact, an archive or a folder with `dist`, beside the other releases. @returns { name, folder } */
export async function takeRelease(root, { artefact, name = basename(artefact).replace(/\.(tar\.gz|tgz)$/, '') }) {
  const folder = join(root, 'releases', name);
  if (existsSync(folder)) throw new Problem(`There is a release ${name} already.`, 'Give this one another --name.');
  mkdirSync(join(root, 'releases'), { recursive: true });
  // Those that serve are somebody else's, and read it, whatever the umask of who lays it down.
  for (const each of [root, join(root, 'releases')]) {
    refuseForeign(each);
    chmodSync(each, 0o755);
  }
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  try {
    mkdirSync(unfinished);
    await unpack(artefact, unfinished);
    writeFileSync(join(unfinished, 'release.env'), `APP_RELEASE=${name}\n`);
    await promisify(execFile)('chmod', ['-R', 'u=rwX,go=rX', unfinished]);
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
  return { name, folder };
}

async function unpack(artefact, folder) {
  if (statSync(artefact).isDirectory()) cpSync(artefact, folder, { recursive: true, verbatimSymlinks: true });
  else {
    const how = ['--extract', '--no-same-owner', '--gzip'];
    await promisify(execFile)('tar', [...how, '--file', artefact, '--directory', folder]);
  }
  if (!existsSync(join(folder, 'dist/src/main.js')))
    throw new Problem(`${artefact} is no release: it has no dist/src/main.js.`, 'Make one: npm run package');
}

/** Whoever may change the folder could lead root elsewhere while it writes there. @throws Problem */
function refuseForeign(folder) {
  if (process.getuid() !== 0) return;
  const { uid, mode } = lstatSync(folder);
  if (uid === 0 && (mode & (constants.S_IFMT | 0o022)) === constants.S_IFDIR) return;
  throw new Problem(
    `${folder} is not a folder that root alone may change.`,
    `chown -R -h root:root ${folder} && chmod -R go-w ${folder}`,
  );
}

/** Whatever starts from now on is of that release. In one step: there is no moment without a release. */
export function switchTo(root, { folder }) {
  const link = join(root, 'current.new');
  rmSync(link, { force: true });
  symlinkSync(folder, link);
  renameSync(link, join(root, 'current'));
}

/** As before the first release. */
export function leadNowhere(root) {
  rmSync(join(root, 'current'), { force: true });
}

/** Whether a process works in it: one that was started anew while `current` led to it, unasked. */
export function isInUse({ folder }) {
  const processes = existsSync('/proc') ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : [];
  return processes.some((id) => {
    try {
      return readlinkSync(`/proc/${id}/cwd`) === folder;
    } catch {
      return false;
    }
  });
}

/** Removes the oldest, but for `keep` of them and those that are named. */
export function forgetReleases(root, keep, named) {
  const folder = join(root, 'releases');
  const spared = new Set(named.filter(Boolean).map(({ name }) => name));
  const others = readdirSync(folder)
    .filter((name) => !spared.has(name))
    .map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs }))
    .sort((one, other) => other.at - one.at);
  for (const { name } of others.slice(keep)) rmSync(join(folder, name), { recursive: true, force: true });
}

/** The settings as systemd reads them; of several files the last one counts. */
export function settingsOf({ folder }, envFiles) {
  return {
    PATH: process.env.PATH,
    ...Object.assign({}, ...[envFiles].flat().map((file) => parseEnv(readFileSync(file, 'utf8')))),
    ...parseEnv(readFileSync(join(folder, 'release.env'), 'utf8')),
  };
}

/** Runs a program of the release to its end, as `account` { uid, gid }. @returns what it printed last @throws Problem with what it said */
export function run(release, envFiles, account, program, args) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [program, ...args], {
      ...account,
      cwd: release.folder,
      env: settingsOf(release, envFiles),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
    child.once('error', fail);
    child.once('close', (code) => {
      if (code === 0) done(said.trim().split('\n').at(-1));
      else
        fail(new Problem(`${release.name}: ${program} ${args.join(' ')} failed; nothing that runs was touched.`, said));
    });
  });
}
