import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { type Collector, orphans, pathTo, startCollector } from '../support/collector.js';
import { renameTable } from '../support/rename-table.js';
import { until } from '../support/until.js';
import { Till } from './till.js';

const lines: string[] = [];
let collector: Collector;
let till: Till;

beforeAll(async () => {
  collector = await startCollector();
  const log = (line: string) => void lines.push(line);
  till = await Till.open(
    { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '100', LOG_LEVEL: 'info' },
    log,
  );
});
afterEach(() => till.tidy());
afterAll(async () => {
  await till.close();
});

const id = (digit: string, length: number) => digit.repeat(length);

describe('a trace', () => {
  it('goes from a request through the database and the outbox to the providers', async () => {
    const [trace, caller] = [id('a', 32), id('b', 16)];
    const { id: studentId } = await till.newStudent();
    await till.charge(studentId);
    const answer = await till.nord.owner
      .post('/invoices', { studentId })
      .set('traceparent', `00-${trace}-${caller}-01`)
      .expect(201);
    await till.test.settle();
    const spans = await collector.trace(trace, 'smtp send a mail');

    const request = spans.find(({ parentSpanId }) => parentSpanId === caller)!;
    expect(request.name).toBe('POST /v1/schools/:schoolId/invoices');
    expect(request.attributes).toMatchObject({
      'http.response.status_code': 201,
      'jd.request_id': answer.headers['x-request-id'],
    });
    const path = (name: string) => pathTo(spans, name);
    expect(path('INSERT invoices')).toEqual([request.name, 'INSERT invoices']);
    expect(path('smtp send a mail')).toEqual([
      request.name,
      'deliver notifications.send-invoice',
      'deliver notifications.send-message',
      'smtp send a mail',
    ]);
    expect(path('INSERT messages').slice(0, 2)).toEqual([request.name, 'deliver notifications.send-invoice']);
    expect(orphans(spans)).toEqual([request]);
    const line = lines.find((each) => each.includes(answer.headers['x-request-id']!))!;
    expect(line).toContain(`"traceId":"${trace}"`);
  });

  it('is carried on to the provider', async () => {
    const { student, invoiceId } = await till.invoiced();
    const trace = id('c', 32);
    const asked: IncomingMessage[] = [];
    const listen = (message: unknown) => asked.push((message as { request: IncomingMessage }).request);
    subscribe('http.server.request.start', listen);
    const checkout = student.post(`/invoices/${invoiceId}/checkout`);
    const { body } = await checkout.set('traceparent', `00-${trace}-${id('b', 16)}-01`).expect(201);
    unsubscribe('http.server.request.start', listen);
    const call = (await collector.trace(trace, 'stripe create checkout')).find(({ name }) =>
      name.startsWith('stripe'),
    )!;
    const request = asked.find(({ url }) => url?.startsWith('/v1/checkout/sessions'))!;
    expect(request.headers['traceparent']).toBe(`00-${trace}-${call.spanId}-01`);
    await till.pay(body.url);
  });

  it('says what failed, and not what the error said', async () => {
    const [refused, delivered] = [id('d', 32), id('e', 32)];
    await renameTable(till.test.databaseUrl, 'charges TO charges_away');
    const owner = till.nord.owner;
    await owner
      .get('/charges')
      .set('traceparent', `00-${refused}-${id('b', 16)}-01`)
      .expect(500);
    await renameTable(till.test.databaseUrl, 'charges_away TO charges, messages TO messages_away');
    const { id: studentId } = await till.newStudent();
    await till.charge(studentId);
    await owner
      .post('/invoices', { studentId })
      .set('traceparent', `00-${delivered}-${id('b', 16)}-01`)
      .expect(201);
    const delivery = 'deliver notifications.send-invoice';
    const spans = await collector.trace(delivered, delivery);
    await renameTable(till.test.databaseUrl, 'messages_away TO messages');
    expect(spans.find(({ name }) => name === delivery)).toMatchObject({ failed: true });
    const request = (await collector.trace(refused, 'GET /v1/schools/:schoolId/charges')).find(({ name }) =>
      name.startsWith('GET'),
    )!;
    expect(request).toMatchObject({ failed: true, attributes: { 'http.response.status_code': 500 } });
    expect(collector.bodies.join()).not.toContain('exist');
  });

  it('begins with a schedule too', async () => {
    till.test.clock.advance({ minutes: 2 });
    const run = 'schedule notifications.reminders';
    await until(() => collector.spans.some(({ name, parentSpanId }) => name === run && !parentSpanId));
  });

  it('is not taken up from what is no trace', async () => {
    for (const wrong of ['x', `00-${id('0', 32)}-${id('b', 16)}-01`, `ff-${id('f', 32)}-${id('b', 16)}-01`])
      await till.nord.owner.get('/charges').set('traceparent', wrong).expect(200);
    await until(() => collector.spans.filter(({ name }) => name === 'GET /v1/schools/:schoolId/charges').length >= 4);
    expect(collector.spans.map(({ traceId }) => traceId)).not.toContain(id('f', 32));
  });
});

describe('with the collector away', () => {
  it('requests are served, and the lost spans are counted', async () => {
    await collector.close();
    await till.nord.owner.get('/charges').expect(200);
    await until(async () =>
      /trace_spans_exported_total\{result="failed"\} [1-9]/.test((await till.test.http.get('/metrics')).text),
    );
  });
});
