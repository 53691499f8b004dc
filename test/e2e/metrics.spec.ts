import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type Connection, createConnection } from 'mysql2/promise';
import { LessonBooked } from '../../src/modules/bookings/index.js';
import { inTransaction } from '../../src/platform/database/transaction.js';
import { Outbox } from '../../src/platform/outbox/outbox.js';
import { newId } from '../../src/platform/values/id.js';
import type { TestApp } from '../support/app.js';
import { renameTable } from '../support/rename-table.js';
import { alerts, metricsOf, panels } from '../operations/queries.js';
import { until } from '../support/until.js';
import { Till } from './till.js';

const token = 'a-token-for-prometheus';

let till: Till;
let test: TestApp;
let direct: Connection;

beforeAll(async () => {
  till = await Till.open({ METRICS_TOKEN: token, METRICS_FRESH_SECONDS: '0' });
  test = till.test;
  direct = await createConnection(test.databaseUrl);
});
afterEach(() => till.tidy());
afterAll(async () => {
  await direct.end();
  await till.close();
});

async function scrape(): Promise<string> {
  return (await test.http.get('/metrics').set('authorization', `Bearer ${token}`).expect(200)).text;
}

/** A sample by its series, as `name{label="value"}`; undefined when it is not there. */
async function sample(series: string): Promise<number | undefined> {
  const line = (await scrape()).split('\n').find((each) => each.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
}

describe('who may read them', () => {
  it('whoever has the token', async () => {
    const { headers } = await test.http.get('/metrics').set('authorization', `Bearer ${token}`).expect(200);
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    for (const wrong of ['', 'Bearer', `Bearer ${token}x`, `Basic ${token}`]) {
      const { body } = await test.http.get('/metrics').set('authorization', wrong).expect(401);
      expect(body.code).toBe('metrics.token_required');
    }
  });
});

describe('what they tell', () => {
  it('requests by route pattern, never by address', async () => {
    const { id } = till.nord;
    await till.nord.owner.get('/students').expect(200);
    await till.nord.owner.get(`/students/${newId()}`).expect(404);
    await test.http.get('/no/such/address-of-anna').expect(404);
    const text = await scrape();
    expect(text).toContain('route="/v1/schools/:schoolId/students/:studentId",status="404"} 1');
    expect(text).toContain('route="unknown",status="404"');
    expect(text).not.toContain(id);
    expect(text).not.toContain('anna');
  });

  it('lessons, payments, refunds and messages by their outcome, once they are committed', async () => {
    const series = {
      booked: 'domain_events_total{event="bookings.lesson_booked"}',
      paid: 'payments_total{provider="stripe",state="succeeded"}',
      mailed: 'messages_total{channel="email",state="sent"}',
      refunded: 'refunds_total{provider="stripe",state="succeeded"}',
    };
    const { paymentId } = await till.paid();
    const refund = { amount: { amount: 65_000, currency: 'DKK' }, reason: 'fortrudt' };
    await till.nord.owner.post(`/payments/${paymentId}/refunds`, refund).expect((answer) => answer.status < 300);
    await test.settle();
    const undone = inTransaction(test.em, async () => {
      await test.app.get(Outbox).record(new LessonBooked({ bookingId: newId() }));
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await sample(series.paid)).toBe(1);
    expect(await sample(series.refunded)).toBe(1);
    expect(await sample(series.mailed)).toBeGreaterThanOrEqual(1);
    expect(await sample(series.booked)).toBeUndefined();
  });

  it('what waits, what was given up, and since when', async () => {
    await test.settle();
    expect(await sample('outbox_lag_seconds')).toBe(0);
    const eventId = Buffer.from(newId().replaceAll('-', ''), 'hex');
    const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000);
    await direct.query('INSERT INTO outbox_events (id, name, payload, occurred_at) VALUES ?', [
      [[eventId, 'old', '{}', ago(90)]],
    ]);
    const delivery = (handler: string, state: string) => [eventId, handler, state, ago(-3_600), 0, 0];
    await direct.query(
      'INSERT INTO outbox_deliveries (event_id, handler, state, due_at, attempts, failures) VALUES ?',
      [[delivery('nobody.knows', 'open'), delivery('gave.up', 'dead')]],
    );
    const lag = await sample('outbox_lag_seconds');
    const counts = [
      await sample('outbox_deliveries{handler="nobody.knows",state="open"}'),
      await sample('outbox_deliveries{handler="gave.up",state="dead"}'),
    ];
    await direct.query('DELETE FROM outbox_deliveries WHERE event_id = ?', [eventId]);
    expect(lag).toBeGreaterThanOrEqual(90);
    expect(counts).toEqual([1, 1]);
    expect(await sample('outbox_deliveries{handler="gave.up",state="dead"}')).toBeUndefined();
  });

  it('open payments, and how late the question to the gateway is', async () => {
    const { student, invoiceId } = await till.invoiced();
    const { url } = await till.checkout(student, invoiceId);
    expect(await sample('payments_open{provider="stripe",state="pending"}')).toBe(1);
    test.clock.advance({ hours: 2 });
    expect(await sample('payments_check_overdue_seconds')).toBeGreaterThan(60);
    test.clock.follow();
    await till.pay(url);
    expect(await sample('payments_open{provider="stripe",state="pending"}')).toBeUndefined();
    expect(await sample('payments_check_overdue_seconds')).toBe(0);
  });

  it('calls to providers by result', async () => {
    const { student, invoiceId } = await till.invoiced();
    test.sandbox.faults.add({ system: 'stripe', kind: 'error_500', operation: 'checkout.sessions.create' });
    const { url } = await till.checkout(student, invoiceId);
    const calls = (result: string) =>
      sample(`provider_call_duration_seconds_count{provider="stripe",operation="create checkout",result="${result}"}`);
    expect(await calls('outage')).toBeGreaterThanOrEqual(1);
    expect(await calls('ok')).toBeGreaterThanOrEqual(1);
    expect(await sample('provider_circuit_open{provider="stripe"}')).toBe(0);
    await till.pay(url);
  });

  it('when each schedule last went through, how often it failed, and how late it is', async () => {
    const of = (gauge: string) => sample(`schedule_${gauge}{schedule="notifications.reminders"}`);
    await renameTable(test.databaseUrl, 'reminders TO reminders_away');
    // It may have come by itself before.
    const before = await of('last_success_timestamp_seconds');
    test.clock.advance({ seconds: 30 });
    await until(async () => (await of('failures')) === 1);
    expect(await of('last_success_timestamp_seconds')).toBe(before);
    await renameTable(test.databaseUrl, 'reminders_away TO reminders');
    test.clock.advance({ seconds: 30 });
    await until(async () => (await of('last_success_timestamp_seconds')) === test.clock.now().getTime() / 1_000);
    expect(await of('failures')).toBe(1);
    expect(await of('overdue_seconds')).toBe(0);
    expect(await of('last_duration_seconds')).toBe(0);
  });

  it('everything that alerts and the dashboard ask for', async () => {
    const told = new Set([...(await scrape()).matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name!));
    // By Prometheus itself, and by scripts/backup.sh.
    for (const name of ['up', 'just_driving_backup_finished_timestamp_seconds']) told.add(name);
    const asked = [...alerts(), ...panels().flatMap(({ targets }) => targets)].flatMap(({ expr }) => metricsOf(expr));
    const unknown = asked.filter((name) => !told.has(name) && !told.has(name.replace(/_(bucket|sum|count)$/, '')));
    expect(unknown).toEqual([]);
    expect(await sample('app_info{release="unnamed",role="all"}')).toBe(1);
    expect(await sample('queue_workers{queue="outbox-main"}')).toBe(1);
  });

  it('connections, queue and the process itself', async () => {
    // Once nobody is at work: a schedule may have a connection or a job just then.
    const calm = [
      /^database_connections\{state="idle"\} [1-9]/m,
      /^database_connections_awaited 0$/m,
      /^queue_jobs\{queue="outbox-main",state="waiting"\} 0$/m,
      /^queue_oldest_waiting_seconds\{queue="outbox-main"\} 0$/m,
    ];
    let text = '';
    await until(async () => {
      text = await scrape();
      return calm.every((line) => line.test(text));
    });
    expect(text).toMatch(/^database_connections_limit 20$/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m);
    expect(text).toMatch(/^metrics_read_failures_total 0$/m);
  });
});

describe('what reading them costs', () => {
  it('only index lookups, however much is stored', async () => {
    await till.paid();
    await storeMany();
    const seen: string[] = [];
    const listen = (message: unknown) => seen.push((message as { query: string }).query);
    subscribe('tracing:mysql2:query:start', listen);
    await scrape();
    unsubscribe('tracing:mysql2:query:start', listen);
    // The relay looks for deliveries at the same time, and counts nothing.
    const reads = seen.filter((query) =>
      /^select .*(min|count)\(.*(`payments`|`refunds`|`outbox_deliveries`)/.test(query),
    );
    expect(reads).toHaveLength(6);
    for (const query of reads) {
      const [plan] = (await direct.query(`EXPLAIN ${query}`)) as unknown as [{ rows: number | null }[]];
      const looked = Math.max(...plan.map(({ rows }) => rows ?? 0));
      expect(`${looked < 500 ? 'few' : looked} rows for ${query}`).toBe(`few rows for ${query}`);
    }
    await direct.query('DELETE FROM payments WHERE id IN (SELECT id FROM many)');
  });

  /** Payments and deliveries that are long done, as they pile up in any installation. */
  async function storeMany(): Promise<void> {
    await direct.query("CREATE TABLE many SELECT * FROM payments WHERE state = 'succeeded' LIMIT 1");
    for (let times = 0; times < 12; times++) await direct.query('INSERT INTO many SELECT * FROM many');
    await direct.query("UPDATE many SET id = UNHEX(REPLACE(UUID(), '-', '')), provider_ref = UUID()");
    await direct.query('INSERT INTO payments SELECT * FROM many');
    await direct.query(`INSERT INTO outbox_deliveries (event_id, handler, state, due_at, attempts, failures)
      SELECT (SELECT MAX(id) FROM outbox_events), HEX(id), 'done', now(3), 1, 0 FROM many`);
    await direct.query('ANALYZE TABLE payments, outbox_deliveries');
  }
});

describe('with something away', () => {
  it('the other readings are still told', async () => {
    await renameTable(test.databaseUrl, 'refunds TO refunds_away');
    const text = await scrape();
    await renameTable(test.databaseUrl, 'refunds_away TO refunds');
    expect(text).toMatch(/^outbox_lag_seconds /m);
    expect(text).not.toMatch(/^payments_check_overdue_seconds /m);
    expect(text).toMatch(/^metrics_read_failures_total 1$/m);
  });
});
