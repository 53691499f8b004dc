import { type Command, InvalidArgumentError, Option } from 'commander';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeadLetters } from '../platform/operations/dead-letters.js';
import { ReplayWebhooks } from '../platform/operations/replay-webhooks.js';
import { RunSchedule } from '../platform/operations/run-schedule.js';
import { ScheduleList, type ScheduleRow } from '../platform/operations/schedule-list.js';
import { type WebhookState, webhookStates } from '../platform/webhooks/webhook-event.js';
import { withApplication } from './application.js';
import { withProgress } from './progress.js';

export function addOperationsCommands(program: Command): void {
  program
    .command('retry-dead-letters')
    .description('try again what was given up; mend the cause first')
    .option('--handler <name>', 'only those of this handler')
    .action(retryDeadLetters);
  program
    .command('replay-webhooks')
    .description('act on stored webhooks once more; acting twice on one changes nothing')
    .requiredOption('--since <time>', 'those that came then or later, such as 2026-11-21T08:00:00Z', instant)
    .option('--provider <name>', 'only those of this provider')
    .addOption(new Option('--state <state>', 'only those in this state').choices(webhookStates).default('received'))
    .action(replayWebhooks);
  program
    .command('list-schedules')
    .description('every schedule with its last and next run')
    .option('--json', 'for programs')
    .action(listSchedules);
  program
    .command('run-schedule <name>')
    .description('make a schedule due and wait until a worker has run it')
    .option('--no-wait', 'do not wait')
    .action(runSchedule);
}

async function retryDeadLetters({ handler }: { handler?: string }): Promise<void> {
  await withApplication(async (app) => {
    const letters = app.get(DeadLetters, { strict: false });
    const retried = await withProgress('Trying again', ({ to }) => letters.retryAll(handler, (done) => to(done, done)));
    console.log(`${retried} deliveries are tried again.`);
  });
}

async function replayWebhooks(filter: { since: Date; provider?: string; state: WebhookState }): Promise<void> {
  await withApplication(async (app) => {
    const replay = app.get(ReplayWebhooks, { strict: false });
    const replayed = await withProgress('Acting again', ({ to }) => replay.matching(filter, (done) => to(done, done)));
    console.log(`${replayed} webhooks are acted on again.`);
  });
}

async function listSchedules({ json }: { json?: boolean }): Promise<void> {
  const schedules = await withApplication((app) => app.get(ScheduleList, { strict: false }).all());
  if (json) return console.log(JSON.stringify(schedules));
  console.table(Object.fromEntries(schedules.map(({ name, ...row }) => [name, inWords(row)])));
}

function inWords({ lastFinishedAt, nextRunAt, lastError, isOverdue }: Omit<ScheduleRow, 'name'>) {
  return {
    'last run': lastFinishedAt?.toISOString() ?? 'never',
    'next run': `${nextRunAt.toISOString()}${isOverdue ? ' (overdue)' : ''}`,
    error: lastError ?? '',
  };
}

const patienceSeconds = 120;

async function runSchedule(name: string, { wait }: { wait: boolean }): Promise<void> {
  await withApplication(async (app) => {
    const schedules = app.get(ScheduleList, { strict: false });
    const asked = new Date();
    await app.get(RunSchedule, { strict: false }).execute(name);
    if (!wait) return console.log(`${name} is due.`);
    const { lastError } = await untilRun(() => schedules.all(), name, asked);
    if (lastError) throw new Error(`${name} has run and failed: ${lastError}`);
    console.log(`${name} has run.`);
  });
}

async function untilRun(read: () => Promise<ScheduleRow[]>, name: string, since: Date): Promise<ScheduleRow> {
  for (let waited = 0; waited < patienceSeconds; waited++) {
    const row = (await read()).find((each) => each.name === name);
    const { lastStartedAt: started, lastFinishedAt: finished } = row ?? {};
    if (row && started && finished && started >= since && finished >= started) return row;
    await sleep(1_000);
  }
  throw new Error(`No worker has finished ${name} within ${patienceSeconds} seconds; it stays due. Does a worker run?`);
}

function instant(text: string): Date {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new InvalidArgumentError('It is no time.');
  return at;
}
