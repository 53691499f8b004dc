import type { Command } from 'commander';
import { DemoClock } from '../demo/demo-clock.js';
import { demoLogins } from '../demo/demo-logins.js';
import { demoPartnerKey } from '../demo/demo-partner-key.js';
import { demoPayPage } from '../demo/demo-pay-page.js';
import { DemoConfig } from '../demo/demo.config.js';
import { isEmpty, seedDemo } from '../demo/seed-demo.js';
import { readSectionFromEnvironment } from '../platform/config/environment.js';
import { withApplication } from './application.js';

export function addDemoCommands(program: Command): void {
  program
    .command('seed')
    .description('make the demo school Nordhavn Køreskole; not in production')
    .option('--if-empty', 'do nothing when there is a school already')
    .action(({ ifEmpty }: { ifEmpty?: boolean }) => seed(ifEmpty ?? false));
  program
    .command('demo-logins')
    .description('print who can sign in to the demo school, as JSON')
    .action(() => console.log(JSON.stringify(demoLogins.map((login) => ({ ...login, password: demoPassword() })))));
  program
    .command('demo-details')
    .description(
      'print where an unpaid invoice of the demo school is paid, and a new secret for the key of its directory, as JSON',
    )
    .action(() =>
      withApplication(async (app) =>
        console.log(JSON.stringify({ payPage: await demoPayPage(app), partnerKey: await demoPartnerKey(app) })),
      ),
    );
}

async function seed(onlyIfEmpty: boolean): Promise<void> {
  const clock = new DemoClock();
  await withApplication(async (app) => {
    if (onlyIfEmpty && !(await isEmpty(app))) return console.log('There is a school already.');
    const started = performance.now();
    await seedDemo(app, clock, demoPassword());
    console.log(`Nordhavn Køreskole is open (${((performance.now() - started) / 1000).toFixed(1)} s).`);
  }, clock);
}

function demoPassword(): string {
  return readSectionFromEnvironment(DemoConfig).password;
}
