import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../support/free-port.js';
import { until } from '../support/until.js';

/** The site of docker/nginx with its paths in that folder, at that port without TLS, or with a certificate of its own at two ports. */
export function writeNginx(folder: string, ports: readonly number[], plain?: number): string {
  mkdirSync(folder, { recursive: true });
  let site = readFileSync('docker/nginx/just-driving.conf', 'utf8')
    .replaceAll(/\/etc\/nginx\/(tls|just-driving)/g, folder)
    .replaceAll('/var/log/nginx', folder)
    .replaceAll(/^.*\[::\].*$/gm, '')
    .replace('listen 80;', 'listen 127.0.0.1:18080;')
    .replace('listen 443 ssl', 'listen 127.0.0.1:18443 ssl');
  // All clients of a test have one address.
  if (plain !== undefined)
    site = site
      .replace(/^server \{\n {2}listen 127\.0\.0\.1:18080[^]*?^\}\n/m, '')
      .replace(/listen 127\.0\.0\.1:18443.*;/, `listen 127.0.0.1:${plain};`)
      .replaceAll(/^ {2}ssl_.*$/gm, '')
      .replaceAll(/rate=\d+r/g, 'rate=10000r')
      // This nginx closes what its clients keep open when it is reloaded, at whatever moment: docs/operations.md.
      .replace('server_tokens off;', 'server_tokens off; keepalive_timeout 0;');
  writeFileSync(join(folder, 'site.conf'), site);
  writeFileSync(join(folder, 'upstream.conf'), ports.map((port) => `server 127.0.0.1:${port};\n`).join(''));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (of) => `${of}_temp_path ${folder}/${of};`,
  );
  const file = join(folder, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; worker_processes 2; pid ${folder}/pid; error_log ${folder}/error.log;
events {} http { access_log off; ${temporary.join(' ')} include ${folder}/site.conf; }`,
  );
  return file;
}

/** A certificate that nobody trusts. */
export function writeCertificate(folder: string): void {
  const files = ['-keyout', join(folder, 'privkey.pem'), '-out', join(folder, 'fullchain.pem')];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  execFileSync('openssl', ['req', '-x509', ...key, '-days', '2', '-subj', '/CN=localhost', ...files], {
    stdio: 'pipe',
  });
}

/** nginx in front of these processes. */
export async function startNginx(program: string, folder: string, ports: readonly number[]) {
  const port = await freePort();
  const file = writeNginx(folder, ports, port);
  const args = ['-p', folder, '-e', join(folder, 'error.log'), '-c', file];
  const child = spawn(program, args, { stdio: 'ignore' });
  const exited = new Promise((done) => child.once('exit', done));
  const url = `http://127.0.0.1:${port}`;
  await until(() => fetch(url).then(Boolean, () => false));
  return {
    url,
    upstreamFile: join(folder, 'upstream.conf'),
    reload: `'${program}' ${args.map((arg) => `'${arg}'`).join(' ')} -s reload`,
    close: async () => {
      child.kill('SIGQUIT');
      await exited;
    },
  };
}
