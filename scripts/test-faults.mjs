/*
 * npm run test:faults [-- jest's arguments]: the fault tests in their full form, one file after the other, on servers that they may kill.
 * What needs a program or a right that this machine lacks is skipped, and said so. docs/reliability.md has the table.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { dirname } from 'node:path';

/** Those that prove a fault beside what they are about. */
const elsewhere = [
  'test/operations/rolling-restart.spec.ts',
  'test/operations/systemd.spec.ts',
  'test/operations/stopping.spec.ts',
  'test/histories',
  'test/e2e/bookings.race.spec.ts',
  'test/e2e/idempotency.spec.ts',
  'test/e2e/payment-webhooks.spec.ts',
  'test/e2e/payments.spec.ts',
  'test/e2e/access.spec.ts',
  'test/e2e/permissions',
  'test/e2e/rate-limits.spec.ts',
  'test/e2e/throttling.spec.ts',
  'test/notifications/reminders.spec.ts',
  'test/platform/outbox.spec.ts',
  'test/platform/patient-migrations.spec.ts',
  'test/e2e/redis-away.spec.ts',
  'test/e2e/webhooks-late.spec.ts',
  'test/e2e/billing-webhooks-late.spec.ts',
  'test/e2e/leads-late.spec.ts',
  'test/e2e/clock-skew.spec.ts',
  'test/e2e/leap-day.spec.ts',
  'test/e2e/idempotency.processes.spec.ts',
];
const given = process.argv.slice(2);
const chosen = given.some((each) => !each.startsWith('-')) ? given : ['test/faults', ...elsewhere, ...given];

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const args = ['scripts/test.mjs', '--runInBand', '--verbose', '--testTimeout=240000', ...chosen];
const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, FAULTS: 'full' } });
child.once('exit', (code) => process.exit(code ?? 1));
