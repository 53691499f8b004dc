import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import Ajv2020Module from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { sql } from 'kysely';
import { RequestContext } from '@mikro-orm/core';
import { Webhook } from 'standardwebhooks';
import type { ReceivedWebhook, ReceiverFault } from '../../sandbox/webhook-receiver/webhook-receiver.js';
import { payloadSchema, webhookCatalogue } from '../../src/modules/outgoing-webhooks/domain/webhook-catalogue.js';
import { type SentType, sentTypes } from '../../src/modules/outgoing-webhooks/domain/webhook-types.js';
import { WebhookAudit } from '../../src/modules/outgoing-webhooks/queries/webhook-audit.js';
import { EndpointLeases } from '../../src/modules/outgoing-webhooks/use-cases/endpoint-leases.js';
import { RecordAttempts } from '../../src/modules/outgoing-webhooks/use-cases/record-attempts.js';
import { SendDue } from '../../src/modules/outgoing-webhooks/use-cases/send-due.js';
import { bin, globalQuery } from '../../src/platform/database/query.js';
import { ScheduleRunner } from '../../src/platform/schedules/schedule-runner.js';
import { inSchool } from '../../src/platform/tenancy/tenancy.js';
import type { Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import {
  type Caller,
  callerOf,
  openTestSchool,
  partnerCaller,
  platformAdmin,
  type TestSchool,
} from '../support/test-school.js';
import { until } from '../support/until.js';

const schemas = new Ajv2020Module.default({ allErrors: true, allowUnionTypes: true });
addFormatsModule.default(schemas);

let test: TestApp;
let north: TestSchool;
/** Of north, signed in at the time it is. */
let owner: Caller;
let south: TestSchool;
let admin: Caller;
/** Of findkoreskole.dk. */
let partner: Caller;
let count = 0;

/** WEBHOOK_STORM=5000 npm test test/e2e/outgoing-webhooks.spec.ts makes more of it. */
const storm = Number(process.env['WEBHOOK_STORM'] ?? 100);

interface Subscribed {
  readonly id: Id;
  readonly name: string;
  readonly secret: string;
  /** Where it is, below the school. */
  readonly path: string;
}

beforeAll(async () => {
  test = await startTestApp();
  [north, south] = [await openTestSchool(test, 'north'), await openTestSchool(test, 'south')];
  admin = await platformAdmin(test);
  partner = await partnerCaller(test, admin, ['events.subscribe', 'leads.write']);
});
afterAll(() => test?.close());
beforeEach(async () => {
  await goTo(null);
  for (const school of [north, south]) {
    const { body } = await school.owner.get('/webhook-endpoints').expect(200);
    for (const { id } of body.items) await school.owner.delete(`/webhook-endpoints/${id}`).expect(204);
  }
});

/** Null is now. */
async function goTo(time: Date | null): Promise<void> {
  if (time) test.clock.set(time);
  else test.clock.follow();
  owner = await callerOf(test, north.owner.userId, `/v1/schools/${north.id}`);
}

const minute = 60_000;
const after = (ms: number) => goTo(new Date(test.clock.now().getTime() + ms));

const db = () => globalQuery<object>(test.em.fork());
const urlOf = (name: string) => `${test.sandbox.url}/receiver/${name}`;

async function subscribe(eventTypes: string[] = ['student.enrolled'], school = north): Promise<Subscribed> {
  const name = `r${(count += 1)}`;
  const { body } = await school.owner.post('/webhook-endpoints', { url: urlOf(name), eventTypes }).expect(201);
  test.sandbox.receiver.trust(name, body.secret);
  return { id: body.id, name, secret: body.secret, path: `/webhook-endpoints/${body.id}` };
}

const enrol = (school = north) => school.enrol(`w${(count += 1)}@student.example`);
const taken = ({ name }: Subscribed) => test.sandbox.receiver.messages(name);
const attempts = ({ name }: Subscribed) => test.sandbox.receiver.attempts(name);
const breaks = ({ name }: Subscribed, fault: ReceiverFault | null) => test.sandbox.receiver.break(name, fault);
/** As it is posted, which is as its schema says. */
function dataOf({ body }: ReceivedWebhook): { readonly type: SentType; readonly data: Record<string, unknown> } {
  const sent = JSON.parse(body);
  expect(Object.keys(sent.data).sort()).toEqual(Object.keys(webhookCatalogue[sent.type as SentType].data).sort());
  const isValid = schemas.compile({ ...payloadSchema(sent.type), additionalProperties: false });
  expect([sent.type, isValid(sent), isValid.errors]).toEqual([sent.type, true, null]);
  return sent;
}
const endpoint = async ({ path }: Subscribed) => (await owner.get(path).expect(200)).body;
const ping = async ({ path }: Subscribed) => (await owner.post(`${path}/test`).expect(201)).body as { id: Id };
const delivery = async (id: Id) => (await owner.get(`/webhook-deliveries/${id}`).expect(200)).body;
const attemptsOf = async (id: Id) => (await owner.get(`/webhook-deliveries/${id}/attempts`).expect(200)).body.items;
const inNorth = <T>(work: () => Promise<T>) => inSchool(north.id, () => RequestContext.create(test.em, work));
const get = <T>(type: new (...args: never[]) => T) => test.app.get<T>(type, { strict: false });
const never = new AbortController().signal;
/** What is due by the clock is sent, by this process, at once. */
const sendDue = ({ id }: Subscribed) => inNorth(() => get(SendDue).execute(id, never));

async function closed(id: Id, state: string): Promise<void> {
  await until(async () => (await delivery(id)).state === state);
}

describe('what happens in a school', () => {
  it('is told, signed and once, to those who subscribed, and to nobody of another school', async () => {
    const all = await subscribe([
      'student.enrolled',
      'booking.created',
      'booking.moved',
      'booking.cancelled',
      'student.left',
    ]);
    const some = await subscribe(['booking.cancelled']);
    const stranger = await subscribe(['student.enrolled', 'booking.created'], south);
    const { id: studentId } = await enrol();
    const lesson = { lessonTypeId: north.lessonTypeId, studentId, startsAt: tuesday(0, '09:00') };
    const { body: booking } = await owner.post('/bookings', lesson).expect(201);
    await owner.post(`/bookings/${booking.id}/reschedule`, { startsAt: tuesday(1, '10:00') }).expect(200);
    await owner.post(`/bookings/${booking.id}/cancel`, {}).expect(200);
    await owner.patch(`/students/${studentId}`, { status: 'left' }).expect(200);
    await until(() => taken(all).length === 5);
    await until(() => taken(some).length === 1);
    await test.settle();
    expect(
      taken(all)
        .map((each) => dataOf(each).type)
        .sort(),
    ).toEqual(['booking.cancelled', 'booking.created', 'booking.moved', 'student.enrolled', 'student.left']);
    const created = taken(all)
      .map(dataOf)
      .find(({ type }) => type === 'booking.created')!;
    expect(created).toMatchObject({ version: 1, schoolId: north.id, data: { bookingId: booking.id, studentId } });
    expect(
      taken(all)
        .map(({ body }) => body)
        .join(),
    ).not.toContain('@');
    expect(taken(stranger)).toEqual([]);
    expect(attempts(all)).toHaveLength(5);
  });

  it('tells of money by ids and amounts', async () => {
    const hooks = await subscribe(['invoice.issued', 'payment.received', 'refund.completed']);
    const { id: studentId } = await enrol();
    const lines = [
      { description: 'Bog', quantity: 1, unitGross: { amount: 12_500, currency: 'DKK' }, vatRateBp: 2500 },
    ];
    const { body: draft } = await owner.post('/invoice-drafts', { studentId, lines }).expect(201);
    const { body: invoice } = await owner.post(`/invoice-drafts/${draft.id}/issue`, {}).expect(201);
    await until(() => taken(hooks).length === 1);
    expect(dataOf(taken(hooks)[0]!)).toMatchObject({
      type: 'invoice.issued',
      data: { studentId, kind: 'invoice', gross: { amount: 12_500, currency: 'DKK' } },
    });
    expect(JSON.stringify(invoice)).toContain(dataOf(taken(hooks)[0]!).data['invoiceId']);
  });
});

describe('the API’s document', () => {
  it('says of each type what is posted', async () => {
    const { body } = await test.http.get('/openapi.json').expect(200);
    const posts = Object.values(body.webhooks as Record<string, { post: Posted }>).map(({ post }) => post);
    const examples = posts.map(({ requestBody }) => requestBody.content['application/json'].example);
    expect(examples.map(({ type }) => type)).toEqual(sentTypes);
    for (const example of examples) {
      const isValid = schemas.compile({ ...payloadSchema(example.type), additionalProperties: false });
      expect([example.type, isValid(example), isValid.errors]).toEqual([example.type, true, null]);
    }
  });
});

interface Posted {
  readonly requestBody: { readonly content: { readonly 'application/json': { readonly example: { type: SentType } } } };
}

describe('an endpoint', () => {
  it.each([
    'http://receiver.example/',
    'https://127.0.0.1/',
    'https://localhost/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://[::1]/',
    'https://[::ffff:169.254.169.254]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://10.1.2.3/',
    'https://intranet/',
    'https://db.internal/',
    'https://user:secret@receiver.example/',
    'https://receiver.example:3306/',
    'file:///etc/passwd',
  ])('is not at %s', async (url) => {
    const { body } = await owner.post('/webhook-endpoints', { url, eventTypes: ['student.left'] }).expect(422);
    expect(body.code).toBe('webhook_endpoint.address_refused');
  });

  it('whose name leads into our network by now is not posted to', async () => {
    const hooks = await subscribe();
    // As if the name had been public when it was given: the host is not one that may be local.
    const port = new URL(test.sandbox.url).port;
    for (const host of [`localhost:${port}`, `127.0.0.1:1`, `[::ffff:127.0.0.1]:${port}`]) {
      await sql`UPDATE webhook_endpoints SET url = ${`http://${host}/receiver/${hooks.name}`} WHERE id = ${bin(hooks.id)}`.execute(
        db(),
      );
      const { id } = await ping(hooks);
      await until(async () => (await attemptsOf(id))[0]?.outcome === 'rejected');
      expect((await attemptsOf(id))[0]).toMatchObject({ status: null, reason: 'address_refused' });
    }
    expect(attempts(hooks)).toEqual([]);
  });

  it('shows its secret once, and signs with the old one too for a day after it was rotated', async () => {
    const hooks = await subscribe();
    const { body: rotated } = await owner.post(`${hooks.path}/rotate`).expect(200);
    expect(rotated.secret).not.toBe(hooks.secret);
    expect(JSON.stringify([(await owner.get('/webhook-endpoints')).body, await endpoint(hooks)])).not.toContain(
      'whsec_',
    );
    const { rows } = await sql<{
      secret: string;
    }>`SELECT secret FROM webhook_endpoints WHERE id = ${bin(hooks.id)}`.execute(db());
    expect(rows[0]!.secret).not.toContain('whsec_');
    await closed((await ping(hooks)).id, 'delivered');
    const [{ headers, body }] = attempts(hooks) as [ReceivedWebhook];
    for (const secret of [hooks.secret, rotated.secret])
      expect(() => new Webhook(secret).verify(body, headers)).not.toThrow();
    await after(24 * 60 * minute + 1_000);
    test.sandbox.receiver.trust(hooks.name, rotated.secret);
    const { id } = await ping(hooks);
    await closed(id, 'delivered');
    const last = attempts(hooks).at(-1)!;
    expect(last.headers['webhook-signature']!.split(' ')).toHaveLength(1);
    expect(() => new Webhook(hooks.secret).verify(last.body, last.headers)).toThrow();
  });

  it('is one of ten at most, also when two are made at once', async () => {
    for (let i = 0; i < 9; i++) await subscribe();
    const two = [1, 2].map((i) =>
      owner.post('/webhook-endpoints', { url: urlOf(`x${i}`), eventTypes: ['student.left'] }),
    );
    expect((await Promise.all(two)).map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409]);
  });

  it('changes under its ETag, and is nobody else’s', async () => {
    const hooks = await subscribe();
    const { headers } = await owner.get(hooks.path).expect(200);
    const { body } = await north.owner
      .patch(hooks.path, { description: 'Regnskab' })
      .set('if-match', headers['etag']!)
      .expect(200);
    expect(body).toMatchObject({ description: 'Regnskab', eventTypes: ['student.enrolled'], url: urlOf(hooks.name) });
    await owner.patch(hooks.path, { description: 'x' }).set('if-match', headers['etag']!).expect(412);
    await owner.patch(hooks.path, { url: 'https://10.0.0.1/' }).expect(422);
    const { id } = await ping(hooks);
    await closed(id, 'delivered');
    for (const path of [hooks.path, `/webhook-deliveries/${id}`, `/webhook-deliveries/${id}/attempts`])
      await south.owner.get(path).expect(404);
    for (const path of [
      `${hooks.path}/pause`,
      `${hooks.path}/rotate`,
      `${hooks.path}/test`,
      `/webhook-deliveries/${id}/replay`,
    ])
      await south.owner.post(path).expect(404);
    await south.owner.delete(hooks.path).expect(404);
    expect((await south.owner.get('/webhook-deliveries').expect(200)).body.items).toEqual([]);
  });

  it('that is paused hears of everything later, and one that is deleted of nothing', async () => {
    const [paused, deleted] = [await subscribe(), await subscribe()];
    await owner.post(`${paused.path}/pause`).expect(200);
    expect((await owner.post(`${paused.path}/test`).expect(409)).body.code).toBe('webhook_endpoint.not_active');
    await owner.delete(deleted.path).expect(204);
    await enrol();
    await test.settle();
    expect([attempts(paused).length, attempts(deleted).length]).toEqual([0, 0]);
    await owner.post(`${paused.path}/resume`).expect(200);
    await until(() => taken(paused).length === 1);
    await owner.get(deleted.path).expect(404);
  });
});

describe('a partner of the platform', () => {
  const consent = { text: 'Skolen må kontakte mig.', givenAt: '2026-01-01T10:00:00Z' };
  const listing = {
    directories: ['findkoreskole'],
    profileDa: null,
    profileEn: null,
    languages: ['da'],
    licenceClasses: ['B'],
    branchIds: [],
    website: null,
    rating: null,
  };
  const hearing = { ...listing, eventDirectories: ['findkoreskole'] };
  const typesTaken = (hooks: Subscribed) =>
    taken(hooks)
      .map((each) => dataOf(each).type)
      .sort();

  async function subscribePartner(eventTypes: string[]): Promise<Subscribed> {
    const name = `r${(count += 1)}`;
    const asked = { url: urlOf(name), eventTypes };
    const { body } = await partner.post('/partner/v1/webhook-endpoints', asked).expect(201);
    test.sandbox.receiver.trust(name, body.secret);
    return { id: body.id, name, secret: body.secret, path: `/partner/v1/webhook-endpoints/${body.id}` };
  }

  it('hears of what happens in schools that let him, as the schools themselves do, and in no other', async () => {
    const hooks = await subscribePartner(['student.enrolled', 'student.left']);
    await north.owner.put('/listing', hearing).expect(200);
    await south.owner.put('/listing', listing).expect(200);
    expect((await south.owner.get('/listing').expect(200)).body.eventDirectories).toEqual([]);
    const { id: studentId } = await enrol();
    await enrol(south);
    await until(() => taken(hooks).length === 1);
    await test.settle();
    expect(taken(hooks).map(dataOf)).toMatchObject([
      { type: 'student.enrolled', schoolId: north.id, data: { studentId } },
    ]);
    // Nobody who is not listed there any more is heard of, whatever the school said before.
    await north.owner.put('/listing', { ...hearing, directories: [] }).expect(200);
    await enrol();
    await test.settle();
    expect(attempts(hooks)).toHaveLength(1);
    const { body: log } = await owner.get('/webhook-deliveries?limit=100').expect(200);
    expect(log.items.map(({ endpointId }: { endpointId: Id }) => endpointId)).not.toContain(hooks.id);
    await partner.delete(hooks.path).expect(204);
  });

  it('hears of the leads he sent, and not who they became; the school hears of all of hers', async () => {
    const types = ['lead.received', 'lead.assigned', 'lead.contacted', 'lead.converted', 'lead.closed'];
    const [own, his] = [await subscribe(types), await subscribePartner(types)];
    await north.owner.put('/listing', listing).expect(200);
    const send = async () => {
      const id = `fk-${(count += 1)}`;
      const lead = { id, schoolId: north.id, name: 'Ida Bro', email: `${id}@lead.example`, consent };
      return (await partner.post('/partner/v1/leads', lead).expect(202)).body.leadId as Id;
    };
    const [one, other] = [await send(), await send()];
    await owner.post('/leads', { source: 'phone', name: 'Bo', phone: '+4520999999' }).expect(201);
    await owner.post(`/leads/${one}/assign`, { userId: owner.userId }).expect(200);
    await owner.post(`/leads/${one}/contact`).expect(200);
    await owner.post(`/leads/${one}/convert`, { studentId: north.student.id }).expect(200);
    await owner.post(`/leads/${other}/reject`, { reason: 'no_capacity' }).expect(200);
    await until(() => taken(own).length === 7 && taken(his).length === 6);
    const moved = ['lead.assigned', 'lead.closed', 'lead.contacted', 'lead.converted'];
    expect(typesTaken(his)).toEqual([...moved, 'lead.received', 'lead.received']);
    expect(typesTaken(own)).toEqual([...moved, 'lead.received', 'lead.received', 'lead.received']);
    const told = (hooks: Subscribed, type: string) =>
      taken(hooks)
        .map(dataOf)
        .find((each) => each.type === type)!.data;
    expect([told(own, 'lead.assigned')['assignedTo'], told(his, 'lead.assigned')['assignedTo']]).toEqual([
      owner.userId,
      null,
    ]);
    expect(told(own, 'lead.converted')).toMatchObject({ leadId: one, studentId: north.student.id });
    expect(told(his, 'lead.converted')).toMatchObject({ leadId: one, source: 'findkoreskole', studentId: null });
    expect(told(his, 'lead.closed')).toMatchObject({ leadId: other, state: 'rejected', reason: 'no_capacity' });
    expect(JSON.stringify(taken(own))).not.toMatch(/Ida|lead\.example/);
    await partner.delete(his.path).expect(204);
    await north.owner.put('/listing', { ...listing, directories: [] }).expect(200);
  });

  it('keeps his endpoints himself, out of the schools’ sight, and leaves a trace with the platform', async () => {
    const hooks = await subscribePartner(['student.left']);
    const { headers } = await partner.get(hooks.path).expect(200);
    const change = partner.patch(hooks.path, { description: 'Drift' }).set('if-match', headers['etag']!);
    expect((await change.expect(200)).body).toMatchObject({ description: 'Drift', createdBy: partner.userId });
    await partner.patch(hooks.path, { url: 'https://10.0.0.1/' }).expect(422);
    expect((await partner.get('/partner/v1/webhook-endpoints').expect(200)).body.items).toMatchObject([
      { id: hooks.id, eventTypes: ['student.left'] },
    ]);
    const { body: rotated } = await partner.post(`${hooks.path}/rotate`).expect(200);
    test.sandbox.receiver.trust(hooks.name, rotated.secret);
    breaks(hooks, { status: 410 });
    const { body: sent } = await partner.post(`${hooks.path}/test`).expect(201);
    const log = `/partner/v1/webhook-deliveries/${sent.id}`;
    await until(async () => (await partner.get(log).expect(200)).body.state === 'dead');
    expect((await partner.get(hooks.path).expect(200)).body).toMatchObject({
      state: 'disabled',
      disabledReason: 'gone',
    });
    breaks(hooks, null);
    await partner.post(`${hooks.path}/resume`).expect(200);
    const since = new Date(test.clock.now().getTime() - minute).toISOString();
    expect((await partner.post(`${hooks.path}/replay`, { since }).expect(200)).body).toEqual({ replayed: 1 });
    await until(async () => (await partner.get(log).expect(200)).body.state === 'delivered');
    expect(JSON.parse((await partner.get(log).expect(200)).body.payload)).toMatchObject({ schoolId: null });
    expect(taken(hooks).map(dataOf)).toMatchObject([{ type: 'webhook.test', data: { endpointId: hooks.id } }]);
    await partner.post(`${log}/replay`).expect(200);
    await until(async () => (await partner.get(`${log}/attempts`).expect(200)).body.items.length === 3);
    await partner.post(`${hooks.path}/pause`).expect(200);
    const asked = `/partner/v1/webhook-deliveries?state=delivered&endpointId=${hooks.id}`;
    expect((await partner.get(asked).expect(200)).body.items).toMatchObject([{ id: sent.id }]);
    for (const path of [`/webhook-endpoints/${hooks.id}`, `/webhook-deliveries/${sent.id}`])
      await owner.get(path).expect(404);
    const mine = await subscribe();
    const { body: heard } = await owner.post(`${mine.path}/test`).expect(201);
    const another = [
      partner.get(`/partner/v1${mine.path}`),
      partner.patch(`/partner/v1${mine.path}`, { description: 'ny' }),
      ...['rotate', 'pause', 'resume', 'test'].map((what) => partner.post(`/partner/v1${mine.path}/${what}`)),
      partner.post(`/partner/v1${mine.path}/replay`, { since }),
      partner.delete(`/partner/v1${mine.path}`),
      partner.get(`/partner/v1/webhook-deliveries/${heard.id}`),
      partner.get(`/partner/v1/webhook-deliveries/${heard.id}/attempts`),
      partner.post(`/partner/v1/webhook-deliveries/${heard.id}/replay`),
    ];
    expect((await Promise.all(another)).map(({ status }) => status)).toEqual(another.map(() => 404));
    await partner.delete(hooks.path).expect(204);
    const { body: trace } = await admin.get(`/v1/audit-log?subjectId=${hooks.id}&limit=20`).expect(200);
    expect(trace.items.map(({ action }: { action: string }) => action).reverse()).toEqual([
      'webhook_endpoint.created',
      'webhook_endpoint.updated',
      'webhook_endpoint.secret_rotated',
      'webhook_endpoint.disabled',
      'webhook_endpoint.resumed',
      'webhook_endpoint.replayed',
      'webhook_endpoint.replayed',
      'webhook_endpoint.paused',
      'webhook_endpoint.deleted',
    ]);
    expect(trace.items[0]).toMatchObject({ actor: { kind: 'provider', name: 'findkoreskole' } });
  });

  it('needs the scope, and has ten at most', async () => {
    const stranger = await partnerCaller(test, admin, ['leads.write']);
    await stranger.get('/partner/v1/webhook-endpoints').expect(403);
    for (let i = 0; i < 9; i++) await subscribePartner(['student.left']);
    const two = [1, 2].map((i) =>
      partner.post('/partner/v1/webhook-endpoints', { url: urlOf(`y${i}`), eventTypes: ['student.left'] }),
    );
    expect((await Promise.all(two)).map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409]);
    const { body } = await partner.get('/partner/v1/webhook-endpoints').expect(200);
    for (const { id } of body.items) await partner.delete(`/partner/v1/webhook-endpoints/${id}`).expect(204);
  });
});

describe('an attempt that fails', () => {
  // None is made again before the test says so.
  beforeEach(() => goTo(test.clock.now()));

  it.each([
    [{ status: 500 }, { outcome: 'rejected', status: 500, reason: 'http_500' }],
    [{ status: 404 }, { outcome: 'rejected', status: 404, reason: 'http_404' }],
    [{ redirectTo: '/receiver/elsewhere' }, { outcome: 'rejected', status: 307, reason: 'http_307' }],
    ['hangs_up', { outcome: 'unknown', status: null, reason: 'connection_lost' }],
  ] as const)('by %j is made again, under the same id', async (fault, noted) => {
    const hooks = await subscribe();
    breaks(hooks, fault);
    const { id } = await ping(hooks);
    await until(async () => (await attemptsOf(id))[0]?.durationMs != null);
    expect((await attemptsOf(id))[0]).toMatchObject({ number: 1, ...noted });
    expect(await endpoint(hooks)).toMatchObject({ failures: 1, lastFailure: noted.reason });
    expect(test.sandbox.receiver.attempts('elsewhere')).toEqual([]);
    breaks(hooks, null);
    await after(7_000);
    await sendDue(hooks);
    await closed(id, 'delivered');
    expect(attempts(hooks).map((each) => each.id)).toEqual([id, id]);
    expect(await endpoint(hooks)).toMatchObject({ failures: 0, failingSince: null });
  });

  it('although it was taken is known by its id to the receiver', async () => {
    const hooks = await subscribe();
    breaks(hooks, 'hangs_up_after_acting');
    const { id } = await ping(hooks);
    await until(async () => (await attemptsOf(id))[0]?.outcome === 'unknown');
    breaks(hooks, null);
    await after(7_000);
    await sendDue(hooks);
    await closed(id, 'delivered');
    expect([attempts(hooks).length, taken(hooks).length]).toEqual([2, 1]);
  });

  it('is not what an answer without end is', async () => {
    const hooks = await subscribe();
    breaks(hooks, 'endless');
    await closed((await ping(hooks)).id, 'delivered');
  });

  it('ends after three days: the endpoint is given up, its owner is told, and what is dead can be replayed', async () => {
    const hooks = await subscribe();
    breaks(hooks, { status: 503 });
    const started = test.clock.now();
    const { id } = await ping(hooks);
    await until(async () => (await attemptsOf(id))[0]?.durationMs != null);
    for (let step = 0; step < 40 && (await delivery(id)).state === 'queued'; step++) {
      await goTo(new Date(Math.max(Date.parse((await delivery(id)).dueAt), test.clock.now().getTime()) + 20 * minute));
      await sendDue(hooks);
    }
    expect(await delivery(id)).toMatchObject({ state: 'dead' });
    expect(await endpoint(hooks)).toMatchObject({ state: 'disabled', disabledReason: 'failing' });
    expect(test.clock.now().getTime() - started.getTime()).toBeGreaterThan(3 * 86_400_000);
    await enrol();
    await test.settle();
    const { rows } = await sql<{
      params: unknown;
    }>`SELECT params FROM messages WHERE kind = 'school_webhook_disabled' AND school_id = ${bin(north.id)} AND subject_id = ${bin(hooks.id)}`.execute(
      db(),
    );
    expect(rows).toHaveLength(1);
    await owner.post(`/webhook-deliveries/${id}/replay`).expect(409);
    breaks(hooks, null);
    const tries = attempts(hooks).length;
    await owner.post(`${hooks.path}/resume`).expect(200);
    const { body } = await owner.post(`${hooks.path}/replay`, { since: started.toISOString() }).expect(200);
    expect(body).toEqual({ replayed: 1 });
    await closed(id, 'delivered');
    expect(attempts(hooks)).toHaveLength(tries + 1);
    expect(taken(hooks).map((each) => each.id)).toEqual([id]);
    expect(await inNorth(() => get(WebhookAudit).verify())).toEqual([]);
  });

  it('with 410 ends it at once', async () => {
    const hooks = await subscribe();
    breaks(hooks, { status: 410 });
    const { id } = await ping(hooks);
    await closed(id, 'dead');
    expect(await endpoint(hooks)).toMatchObject({ state: 'disabled', disabledReason: 'gone', lastFailure: 'http_410' });
  });

  it('holds back what is for its endpoint, and lets one message try', async () => {
    const hooks = await subscribe();
    breaks(hooks, { status: 500 });
    for (let i = 0; i < 8; i++) await enrol();
    await test.settle();
    await until(async () => (await endpoint(hooks)).failures >= 5);
    const made = attempts(hooks).length;
    expect((await endpoint(hooks)).heldUntil).not.toBeNull();
    await sendDue(hooks);
    expect(attempts(hooks)).toHaveLength(made);
    await after(20 * minute);
    await sendDue(hooks);
    expect(attempts(hooks)).toHaveLength(made + 1);
    breaks(hooks, null);
    await after(20 * minute);
    await sendDue(hooks);
    await until(() => taken(hooks).length === 8);
  });

  it('comes again when its receiver wants it to', async () => {
    const hooks = await subscribe();
    breaks(hooks, { status: 429, retryAfter: 300 });
    const { id } = await ping(hooks);
    await until(async () => (await attemptsOf(id))[0]?.durationMs != null);
    breaks(hooks, null);
    await after(200_000);
    await sendDue(hooks);
    expect(attempts(hooks)).toHaveLength(1);
    await after(101_000);
    await sendDue(hooks);
    await closed(id, 'delivered');
  });
});

describe('the overview of outside systems', () => {
  const told = async (kind: string, asker = owner) => {
    const { body } = await asker.get('/integrations').expect(200);
    return body.integrations.find((each: { kind: string }) => each.kind === kind);
  };

  it('says of webhooks how they go, and of the others what is known', async () => {
    expect(await told('webhooks')).toMatchObject({ state: 'off', isCircuitOpen: false });
    const hooks = await subscribe();
    await closed((await ping(hooks)).id, 'delivered');
    expect(await told('webhooks')).toMatchObject({ state: 'ok', lastSuccessAt: expect.any(String) });
    breaks(hooks, { status: 500 });
    const { id } = await ping(hooks);
    await until(async () => (await attemptsOf(id))[0]?.durationMs != null);
    expect(await told('webhooks')).toMatchObject({ state: 'failing', lastFailure: 'http_500' });
    expect(await told('webhooks', south.owner)).toMatchObject({ state: 'off', lastSuccessAt: null });
    const { body } = await owner.get('/integrations').expect(200);
    expect(body.integrations.map(({ kind }: { kind: string }) => kind)).toEqual(
      expect.arrayContaining([
        'payments',
        'accounting',
        'email',
        'sms',
        'calendars',
        'files',
        'theory',
        'directory',
        'webhooks',
      ]),
    );
    for (const kind of ['accounting', 'theory', 'directory'])
      expect(await told(kind)).toMatchObject({ state: 'off', provider: null });
    expect(await told('email')).toMatchObject({ provider: 'smtp', state: 'ok' });
    await north.teacher.caller.get('/integrations').expect(403);
  });
});

describe('whatever breaks', () => {
  it('a storm is delivered, each message once, while another receiver takes its time and Redis is emptied', async () => {
    const [hooks, hanging] = [await subscribe(), await subscribe()];
    breaks(hanging, { delayMs: 3_000 });
    const made = Array.from({ length: storm }, () => ping(hooks));
    await ping(hanging);
    await Promise.all(made);
    await enrol();
    await test.emptyQueue();
    // Longer than a lease: what was in the queue comes due again.
    await after(21_000);
    await until(() => taken(hooks).length === storm + 1, 60);
    await test.settle();
    const ids = attempts(hooks).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('a process that dies between a call and its note leaves it to be made again, under the same id', async () => {
    const hooks = await subscribe();
    await owner.post(`${hooks.path}/pause`).expect(200);
    await enrol();
    await test.settle();
    // The dead process: it took the endpoint and wrote the attempt down, and nothing after that.
    await sql`UPDATE webhook_endpoints SET state = 'active' WHERE id = ${bin(hooks.id)}`.execute(db());
    const lease = await inNorth(() => get(EndpointLeases).take(hooks.id));
    const begun = await inNorth(() => get(RecordAttempts).begin(lease!));
    expect(begun).toHaveLength(1);
    await sendDue(hooks);
    expect(attempts(hooks)).toEqual([]);
    await after(61_000);
    await get(ScheduleRunner).runNow('outgoing-webhooks.due');
    await until(() => taken(hooks).length === 1);
    const { messageId } = begun[0]!;
    await closed(messageId, 'delivered');
    expect((await attemptsOf(messageId)).map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'accepted',
      'started',
    ]);
    // What the dead one would say now is too late.
    const late = { attempt: begun[0]!, outcome: { outcome: 'unknown', reason: 'too_slow' }, durationMs: 1 } as const;
    await inNorth(() => get(RecordAttempts).record(lease!, [late]));
    expect(await delivery(messageId)).toMatchObject({ state: 'delivered', attempts: 2 });
    expect(await endpoint(hooks)).toMatchObject({ failures: 0 });
  });

  it('what is old is forgotten, what waits too long is dead, and a deleted endpoint goes at last', async () => {
    const hooks = await subscribe();
    const { id } = await ping(hooks);
    await closed(id, 'delivered');
    await owner.post(`${hooks.path}/pause`).expect(200);
    await enrol();
    await test.settle();
    await after(5 * 24 * 60 * minute);
    await get(ScheduleRunner).runNow('outgoing-webhooks.forget');
    const { body } = await owner.get(`/webhook-deliveries?endpointId=${hooks.id}&state=dead`).expect(200);
    expect(body.items).toMatchObject([{ type: 'student.enrolled', lastReason: 'expired' }]);
    await owner.delete(hooks.path).expect(204);
    await after(31 * 24 * 60 * minute);
    await get(ScheduleRunner).runNow('outgoing-webhooks.forget');
    const left = await sql<{
      n: number;
    }>`SELECT COUNT(*) AS n FROM webhook_endpoints WHERE id = ${bin(hooks.id)}`.execute(db());
    expect(left.rows[0]!.n).toBe(0);
  });

  it.each([
    ['it has its outcome', 'closed_at = NULL'],
    ['attempt that was accepted', "state = 'delivered'"],
    ['counts its attempts', 'attempts = 7'],
    ['endpoint is there for', "state = 'queued', closed_at = NULL, due_at = '2026-01-01'"],
  ])('the proof finds a planted breach: %s', async (finding, change) => {
    const hooks = await subscribe();
    breaks(hooks, { status: 410 });
    const { id } = await ping(hooks);
    await closed(id, 'dead');
    await sql`UPDATE webhook_endpoints SET state = 'active', disabled_reason = NULL WHERE id = ${bin(hooks.id)}`.execute(
      db(),
    );
    expect(await inNorth(() => get(WebhookAudit).verify())).toEqual([]);
    await sql`UPDATE webhook_messages SET ${sql.raw(change)} WHERE id = ${bin(id)}`.execute(db());
    expect((await inNorth(() => get(WebhookAudit).verify())).join()).toContain(finding);
    await sql`DELETE FROM webhook_messages WHERE id = ${bin(id)}`.execute(db());
  });
});

/** A Tuesday to come, or so many days later. */
function tuesday(later: number, time: string): string {
  const today = new Date();
  const ahead = 14 + ((9 - today.getUTCDay()) % 7) + later;
  return `${new Date(today.getTime() + ahead * 86_400_000).toISOString().slice(0, 10)}T${time}:00Z`;
}
