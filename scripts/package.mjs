/*
 * npm run package [-- <release>]: what scripts/deploy.mjs puts into service, .local/packages/just-driving-<release>.tar.gz:
 * the compiled application, its libraries without those of development, the scripts of operation, units and site, and a list of all parts
 * (CycloneDX).
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { local, root } from './bootstrap/paths.mjs';

const describe = () => execFileSync('git', ['describe', '--always', '--dirty'], { cwd: root, encoding: 'utf8' }).trim();
const [release = describe()] = process.argv.slice(2);
// What a host without containers needs of docker/, where a builder may also keep settings and secrets.
const site = ['systemd', 'nginx', 'monitoring'].map((path) => join('docker', path));
const folder = mkdtempSync(join(tmpdir(), 'just-driving-package-'));
try {
  chmodSync(folder, 0o755);
  for (const path of ['package.json', 'package-lock.json', '.npmrc', 'scripts', ...site])
    cpSync(join(root, path), join(folder, path), { recursive: true });
  const swc = join(root, 'node_modules/@swc/cli/bin/swc.js');
  const options = ['--config-file', '.swcrc', '--out-dir', join(folder, 'dist'), '--quiet'];
  run(process.execPath, [swc, 'src', 'migrations', ...options], root);
  // Node itself is the host's.
  run('npm', ['ci', '--omit=dev', '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund'], folder);
  writeFileSync(join(folder, 'sbom.cdx.json'), partsList());
  mkdirSync(join(local, 'packages'), { recursive: true });
  const archive = join(local, 'packages', `just-driving-${release}.tar.gz`);
  // Whoever unpacks it as root runs what is root's alone to change.
  const owned = ['--owner=0', '--group=0', '--numeric-owner', '--mode=u=rwX,go=rX'];
  run('tar', ['--create', '--gzip', ...owned, '--file', archive, '--directory', folder, '.'], root);
  process.stdout.write(`${archive}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** By the lock alone: asked for what is installed, npm misses what was left out on purpose. */
function partsList() {
  const kind = ['--package-lock-only', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'];
  const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 };
  const list = JSON.parse(execFileSync('npm', ['sbom', ...kind, '--omit', 'dev', '--omit', 'optional'], options));
  Object.assign(list.metadata.component, { name: 'just-driving', version: release });
  return JSON.stringify(list);
}

function run(program, args, cwd) {
  execFileSync(program, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}
