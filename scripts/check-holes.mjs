/*
 * npm run check:holes: no package that serves has a known hole of grade high or critical, by the advisories of the configured registry. A
 * registry that gives none, or none that can be reached, is no verdict: then the gate says that it was skipped.
 */
import { execFile } from 'node:child_process';
import { root } from './bootstrap/paths.mjs';

const grades = ['high', 'critical'];

const report = await audit();
if (!report.vulnerabilities) {
  console.log(`skipped: ${report.message ?? 'the registry answered no report'}`);
} else {
  const found = Object.values(report.vulnerabilities).filter(({ severity }) => grades.includes(severity));
  for (const line of found.map(lineOf)) console.error(line);
  console.log(`${found.length} packages with holes that count`);
  process.exitCode = found.length > 0 ? 1 : 0;
}

/** npm's own report; its exit code says no more than that. */
function audit() {
  return new Promise((resolve) => {
    const options = { cwd: root, timeout: 60_000, maxBuffer: 64 * 1024 * 1024 };
    execFile('npm', ['audit', '--omit=dev', '--json', '--fetch-retries=0'], options, (error, stdout) => {
      try {
        resolve(JSON.parse(stdout));
      } catch {
        resolve({ message: error ? error.message.split('\n')[0] : 'npm answered no report' });
      }
    });
  });
}

function lineOf({ name, severity, via, fixAvailable }) {
  const what = via.map((each) => (typeof each === 'string' ? `by ${each}` : `${each.title} (${each.url})`)).join('; ');
  const cure = fixAvailable
    ? fixAvailable.version
      ? ` Mended in ${fixAvailable.name} ${fixAvailable.version}.`
      : ' npm audit fix mends it.'
    : '';
  return `${severity}: ${name}: ${what}.${cure}`;
}
