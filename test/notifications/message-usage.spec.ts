import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { bin } from '../../src/platform/database/query.js';
import { type Id, newId, newIdAt } from '../../src/platform/values/id.js';
import { addDays, localDate } from '../../src/platform/values/zone.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { type Person, Stage } from './stage.js';

interface Gone {
  readonly at: string;
  readonly kind?: string;
  readonly channel?: 'email' | 'sms';
  readonly state?: string;
  readonly provider?: string | null;
  readonly segments?: number | null;
  readonly micros?: number | null;
  readonly currency?: string | null;
}

let test: TestApp;
let stage: Stage;
let elsewhere: Stage;
let owner: { userId: Id; token: string };
let student: Person;

beforeAll(async () => {
  test = await startTestApp();
  [stage, elsewhere] = [await Stage.open(test, 'forbrug'), await Stage.open(test, 'nabo')];
  [owner, student] = [await stage.owner(), await stage.student()];
  const told = { segments: 2, micros: 480_000, currency: 'DKK' };
  // In Copenhagen March begins on February 28 at 23:00 UTC, and April on March 31 at 22:00.
  await went(stage, { at: '2026-02-28T22:59:59.999Z', ...told });
  await went(stage, { at: '2026-02-28T23:00:00.000Z', ...told });
  await went(stage, { at: '2026-03-10T09:00:00.000Z', ...told, kind: 'class_reminder', state: 'failed' });
  await went(stage, { at: '2026-03-11T09:00:00.000Z', segments: 3 });
  await went(stage, { at: '2026-03-12T09:00:00.000Z', segments: 1, micros: 30_000, currency: 'EUR' });
  await went(stage, { at: '2026-03-13T09:00:00.000Z', kind: 'announcement_marketing', channel: 'email' });
  await went(stage, { at: '2026-03-14T09:00:00.000Z', state: 'dropped', provider: null, segments: 1 });
  await went(stage, { at: '2026-03-31T21:59:59.999Z', ...told, provider: 'gatewayapi' });
  await went(stage, { at: '2026-03-31T22:00:00.000Z', ...told });
  await went(stage, { at: '2026-04-30T22:00:00.000Z', ...told });
  await went(elsewhere, { at: '2026-03-10T09:00:00.000Z', ...told });
});
afterAll(() => test.close());

/** A line of the delivery log of another day, as its provider left it. */
async function went({ schoolId, teacher }: Stage, gone: Gone): Promise<void> {
  const { at, kind = 'lesson_reminder', channel = 'sms', state = 'delivered', provider = 'twilio' } = gone;
  const { segments = null, micros = null, currency = null } = gone;
  const [id, when] = [newIdAt(new Date(at)), new Date(at)];
  await sql`INSERT INTO messages (id, school_id, user_id, channel, kind, subject_id, params, dedupe_key, state, provider, provider_ref,
      segments, cost_micros, cost_currency, attempts, created_at, closed_at, told_at)
    VALUES (${bin(id)}, ${bin(schoolId)}, ${bin(teacher.userId)}, ${channel}, ${kind}, ${bin(newId())}, '{}', ${id}, ${state}, ${provider},
      ${provider && id}, ${segments}, ${micros}, ${currency}, 1, ${when}, ${when}, ${when})`.execute(
    test.em.fork().getKysely(),
  );
}

const usage = async (query: string, file = '') =>
  stage.read(owner, `messages/usage${file}?${query}`).set('accept-language', 'da').buffer(true);

describe('what messages cost', () => {
  const reminders = { month: '2026-03', channel: 'sms', provider: 'twilio', purpose: 'service', topic: 'reminders' };
  const gatewayapis = { ...reminders, provider: 'gatewayapi' };
  const sold = { ...reminders, channel: 'email', purpose: 'marketing', topic: 'marketing' };
  const advertisements = { ...sold, messages: 1, segments: null, costMicros: null, costCurrency: null };

  it('is summed by month, channel, provider, purpose and topic, each currency for itself', async () => {
    const { body, status } = await usage('from=2026-03-01&until=2026-04-30');
    expect(status).toBe(200);
    expect(body).toEqual({
      from: '2026-03-01',
      until: '2026-04-30',
      rows: [
        advertisements,
        { ...gatewayapis, messages: 1, segments: 2, costMicros: 480_000, costCurrency: 'DKK' },
        { ...reminders, messages: 2, segments: 4, costMicros: 960_000, costCurrency: 'DKK' },
        { ...reminders, messages: 1, segments: 3, costMicros: null, costCurrency: null },
        { ...reminders, messages: 1, segments: 1, costMicros: 30_000, costCurrency: 'EUR' },
        { ...reminders, month: '2026-04', messages: 1, segments: 2, costMicros: 480_000, costCurrency: 'DKK' },
      ],
      totals: [
        { messages: 2, segments: 3, costMicros: null, costCurrency: null },
        { messages: 4, segments: 8, costMicros: 1_920_000, costCurrency: 'DKK' },
        { messages: 1, segments: 1, costMicros: 30_000, costCurrency: 'EUR' },
      ],
    });
  });

  it('is counted to the day, by the school’s clocks', async () => {
    const months = async (from: string, until: string) =>
      (await usage(`from=${from}&until=${until}`)).body.rows.map(
        (row: { month: string; messages: number }) => `${row.month}: ${row.messages}`,
      );
    expect(await months('2026-02-28', '2026-02-28')).toEqual(['2026-02: 1']);
    expect(await months('2026-03-01', '2026-03-01')).toEqual(['2026-03: 1']);
    expect(await months('2026-04-01', '2026-05-01')).toEqual(['2026-04: 1', '2026-05: 1']);
    expect(await months('2026-06-01', '2026-06-30')).toEqual([]);
  });

  it('goes to a spreadsheet', async () => {
    const { text, headers } = await usage('from=2026-03-01&until=2026-04-30', '.csv');
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    const lines = text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(7);
    expect(lines.slice(0, 2)).toEqual([
      '\uFEFFMåned;Kanal;Udbyder;Formål;Emne;Beskeder;Sms-dele;Pris;Valuta',
      '2026-03;email;twilio;marketing;marketing;1;;;',
    ]);
    expect(lines).toContain('2026-03;sms;twilio;service;reminders;2;4;0,960000;DKK');
    const english = await stage
      .read(owner, 'messages/usage.csv?from=2026-04-01&until=2026-04-30')
      .set('accept-language', 'en')
      .buffer(true);
    expect(english.text).toContain('2026-04;sms;twilio;service;reminders;1;2;0.480000;DKK');
  });

  it('is asked for at most 400 days at once, from the first to the last', async () => {
    for (const period of ['from=2026-03-02&until=2026-03-01', 'from=2026-01-01&until=2027-02-05'])
      for (const file of ['', '.csv']) {
        const { status, body } = await usage(period, file);
        expect([status, body.code, body.errors?.[0]?.field]).toEqual([422, 'report.period_invalid', 'until']);
      }
    const { status, body } = await usage('from=2026-03-01');
    expect([status, body.errors[0].field]).toEqual([400, 'until']);
    expect((await usage('from=2026-01-01&until=2027-02-04')).status).toBe(200);
  });

  it('is the owner’s and the office’s to know, and no other school’s', async () => {
    const path = 'messages/usage?from=2026-03-01&until=2026-03-31';
    await stage.read(student, path).expect(403);
    await stage.read(stage.teacher, path).expect(403);
    await elsewhere.read(owner, path).expect(404);
  });
});

it('what has just gone is in it, in the name of who carried it', async () => {
  const day = addDays(localDate(test.clock.now(), 'Europe/Copenhagen'), 1);
  test.clock.set(new Date(`${day}T10:00:00Z`));
  [owner, student] = [await stage.signedIn(owner), await stage.signedIn(student)];
  await stage.book(student);
  await test.settle();
  const { rows, totals } = (await usage(`from=${day}&until=${day}`)).body;
  const channels = rows.map(({ channel, topic, provider }: Record<string, string>) => [channel, topic, provider]);
  expect(channels).toEqual([
    ['email', 'lessons', 'smtp'],
    ['sms', 'lessons', 'twilio'],
  ]);
  expect(totals).toEqual([{ messages: 4, segments: expect.any(Number), costMicros: null, costCurrency: null }]);
});
