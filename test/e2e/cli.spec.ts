import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import { buildProgram } from '../../src/cli/program.js';
import { globalQuery } from '../../src/platform/database/query.js';
import { redisUrl } from '../support/database-server.js';
import { until } from '../support/until.js';
import { krone, Till } from './till.js';

let till: Till;
let said: string[];
const before = { ...process.env };
const db = () => globalQuery<object>(till.test.em.fork());

beforeAll(async () => {
  till = await Till.open();
  Object.assign(process.env, {
    APP_ENV: 'test',
    DATABASE_URL: till.test.databaseUrl,
    REDIS_URL: redisUrl,
    REDIS_PREFIX: till.test.redisPrefix,
    LOG_LEVEL: 'silent',
  });
});
afterAll(async () => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  await till.close();
});
beforeEach(() => {
  said = [];
  jest.spyOn(console, 'log').mockImplementation((...words) => void said.push(words.join(' ')));
  jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
});
afterEach(() => void jest.restoreAllMocks());

/** Runs the command as the shell would; its own refusals of options are thrown too. */
async function run(...words: string[]): Promise<string> {
  const program = buildProgram().exitOverride();
  for (const command of program.commands) command.exitOverride();
  await program.parseAsync(['node', 'cli', ...words]);
  return said.join('\n');
}

function pipe(text: string): void {
  const input = Object.assign(Readable.from([text]), { isTTY: false });
  jest.spyOn(process, 'stdin', 'get').mockReturnValue(input as unknown as typeof process.stdin);
}

const numberOf = async (query: ReturnType<typeof sql>) => ((await query.execute(db())).rows[0] as { n: number }).n;

describe('create-admin', () => {
  it('takes the password from standard input, and from nowhere else', async () => {
    pipe('en lang og ukendt adgangskode 2026\n');
    expect(await run('create-admin', '--email', 'drift@platform.example', '--name', 'Drift')).toContain(
      'runs the platform',
    );
    const login = { email: 'drift@platform.example', password: 'en lang og ukendt adgangskode 2026' };
    const { body } = await till.test.http.post('/v1/auth/login').send(login).expect(200);
    expect(body.user.isPlatformAdmin).toBe(true);
    await expect(run('create-admin', '--email', 'a@b.dk', '--name', 'X', '--password', 'x')).rejects.toThrow(
      /unknown option/,
    );
    await expect(run('create-admin', '--email', 'nobody', '--name', 'X')).rejects.toThrow(/no e-mail address/);
  });
});

describe('create-school', () => {
  const school = (...more: string[]) =>
    run(
      'create-school',
      '--slug',
      'vest',
      '--name',
      'Vest Køreskole',
      '--email',
      'hej@vest.example',
      '--address-line',
      'Vej 1',
      '--postcode',
      '8000',
      '--city',
      'Aarhus',
      '--owner-email',
      'ejer@vest.example',
      '--owner-name',
      'Ida Vest',
      ...more,
    );

  it('opens a school whose owner is invited', async () => {
    expect(await school('--cvr', '12345674', '--phone', '+4533112233')).toContain('Vest Køreskole is open');
    const { mailbox } = till.test.sandbox.mail;
    await until(() => [...mailbox.values()].some(({ to }) => JSON.stringify(to).includes('ejer@vest.example')));
    expect(
      await numberOf(
        sql`SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'school.opened' AND actor_kind = 'operator'`,
      ),
    ).toBe(1);
  });

  it('is held to what the API is held to', async () => {
    await expect(school('--cvr', '123', '--phone', '33')).rejects.toMatchObject({
      fields: [{ field: 'cvr' }, { field: 'phone' }],
    });
  });
});

describe('verify', () => {
  it('proves diary, money and every reference', async () => {
    await till.invoiced();
    const words = await run('verify');
    expect(words).toContain('✓ tenancy: every reference holds');
    expect(words).toMatch(/\d schools verified/);
  });

  it('finds what a restore without checks has broken', async () => {
    const { studentId } = await till.invoiced();
    await till.test.em.fork().transactional(async (em) => {
      const broken = globalQuery<object>(em);
      await sql`SET foreign_key_checks = 0`.execute(broken);
      await sql`UPDATE charges SET student_id = UNHEX('00000000000070008000000000000000')
        WHERE student_id = UNHEX(REPLACE(${studentId}, '-', ''))`.execute(broken);
      await sql`SET foreign_key_checks = 1`.execute(broken);
    });
    await expect(run('verify')).rejects.toThrow(/do not add up/);
    expect(said.join('\n')).toMatch(/charges: 1 rows whose charges_of_student leads nowhere/);
  });
});

describe('anonymise', () => {
  it('erases a student but for what the law keeps', async () => {
    const { id } = await till.syd.enrol('glem@syd.example', { name: 'Glemt Elev' });
    const erase = () => run('anonymise', 'syd', id, '--reason', 'student_asked');
    expect(await erase()).toMatch(/open/);
    await till.test.settle();
    said = [];
    expect(await erase()).not.toMatch(/open/);
    expect(await numberOf(sql`SELECT COUNT(*) AS n FROM students WHERE name = 'Glemt Elev'`)).toBe(0);
    expect(await numberOf(sql`SELECT COUNT(*) AS n FROM users WHERE email = 'glem@syd.example'`)).toBe(0);
    await expect(run('anonymise', 'nowhere', id, '--reason', 'student_asked')).rejects.toThrow('No school');
    await expect(run('anonymise', 'nord', id, '--reason', 'student_asked')).rejects.toMatchObject({
      code: 'student.not_found',
    });
  });
});

describe('retry-dead-letters', () => {
  it('tries again what was given up', async () => {
    await till.test.settle();
    await sql`UPDATE outbox_deliveries SET state = 'dead' ORDER BY event_id LIMIT 3`.execute(db());
    expect(await run('retry-dead-letters', '--handler', 'nobody')).toContain('0 deliveries');
    expect(await run('retry-dead-letters')).toContain('3 deliveries are tried again');
    await till.test.settle();
    expect(await numberOf(sql`SELECT COUNT(*) AS n FROM outbox_deliveries WHERE state = 'dead'`)).toBe(0);
  });
});

describe('replay-webhooks', () => {
  it('acts on them once more, to the same end', async () => {
    const { student, studentId, invoiceId } = await till.invoiced();
    await till.pay((await till.checkout(student, invoiceId)).url);
    await till.test.settle();
    expect(
      await run('replay-webhooks', '--since', '2020-01-01T00:00:00Z', '--state', 'ignored', '--provider', 'nobody'),
    ).toContain('0 webhooks');
    expect(await run('replay-webhooks', '--since', '2020-01-01T00:00:00Z', '--state', 'processed')).toMatch(
      /[1-9]\d* webhooks/,
    );
    await till.test.settle();
    expect(await numberOf(sql`SELECT COUNT(*) AS n FROM webhook_events WHERE state = 'received'`)).toBe(0);
    expect(await till.balance(studentId)).toBe(0);
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid', paid: krone(650) });
    await expect(run('replay-webhooks', '--since', 'yesterday')).rejects.toThrow(/no time/);
  });
});

describe('schedules', () => {
  it('are listed and run by a worker', async () => {
    const listed = JSON.parse(await run('list-schedules', '--json')) as { name: string }[];
    expect(listed.map(({ name }) => name)).toContain('outbox.purge');
    said = [];
    expect(await run('run-schedule', 'outbox.purge')).toBe('outbox.purge has run.');
    await expect(run('run-schedule', 'nobody.knows')).rejects.toMatchObject({ code: 'schedule.not_found' });
  });
});

it('explains itself', () => {
  const help = buildProgram().helpInformation();
  for (const group of ['Database and settings', 'People and schools', 'Running']) expect(help).toContain(group);
});

describe('helping somebody sign in', () => {
  it('signs him out everywhere, and forgets the second factor he has lost', async () => {
    const email = 'owner@nord.example';
    await till.nord.owner.get('').expect(200);
    expect(await run('end-sessions', email)).toContain('signed out everywhere');
    await till.nord.owner.get('').expect(401);
    expect(await run('disable-second-factor', email)).toContain('has no second factor');
    await expect(run('end-sessions', 'nobody@nord.example')).rejects.toThrow(/Nobody signs in/);
  });
});
