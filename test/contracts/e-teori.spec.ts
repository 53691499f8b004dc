import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { webhookHeaders } from '../../sandbox/e-teori/e-teori-signature.js';
import { SANDBOX_CREDENTIALS, startSandbox, type Sandbox } from '../../sandbox/sandbox.js';
import { startApplication, type ListeningApplication } from '../../sandbox/testing/application.js';
import { reportIn } from '../../src/integrations/e-teori/e-teori-answers.js';
import { EteoriClient } from '../../src/integrations/e-teori/e-teori-client.js';
import { EteoriPlatform } from '../../src/integrations/e-teori/e-teori-platform.js';
import { nonceOfSigned, signatureOf } from '../../src/integrations/e-teori/e-teori-signature.js';
import type { EteoriConfig } from '../../src/integrations/e-teori/e-teori.config.js';
import { Metrics } from '../../src/platform/observability/metrics/metrics.js';
import { ProviderCalls } from '../../src/platform/ports/provider-calls.js';
import { newId } from '../../src/platform/values/id.js';
import { UntrustedWebhook, type WebhookRequest } from '../../src/platform/webhooks/webhook-adapter.js';

const { eteoriApiKey: apiKey, eteoriSigningSecret, eteoriWebhookSecret } = SANDBOX_CREDENTIALS;
const accountRef = 'ks-1042';
const minutes = 60_000;
const url = '/webhooks/e-teori';

let sandbox: Sandbox;
let listening: ListeningApplication;
let platform: EteoriPlatform;

const config = (overrides: Partial<EteoriConfig> = {}): EteoriConfig => ({
  apiKey,
  signingSecret: eteoriSigningSecret,
  webhookSecret: eteoriWebhookSecret,
  apiUrl: sandbox.url,
  timeoutMs: 400,
  ...overrides,
});
const platformOf = (settings: EteoriConfig) =>
  new EteoriPlatform(settings, new EteoriClient(settings, new ProviderCalls(new Metrics())));

beforeAll(async () => {
  listening = await startApplication();
  sandbox = await startSandbox({ appUrl: listening.url });
});
// A new one each time, whose circuit breaker has not met the faults of the test before.
beforeEach(() => {
  sandbox.reset();
  platform = platformOf(config());
});
afterAll(async () => {
  expect(sandbox.violations).toEqual([]);
  await sandbox.close();
  await listening.close();
});

const student = (email = 'freja@example.com', linkId: string = newId()) => ({
  accountRef,
  linkId,
  email,
  name: 'Freja Lund',
  language: 'da' as const,
});
const taught = () => [...sandbox.eteori.students.links.values()];

async function linked(email?: string) {
  const wanted = student(email);
  const answer = await platform.link(wanted);
  if (answer.outcome !== 'linked') throw new Error(answer.reason);
  return { ...wanted, ...answer.student };
}

describe('a link', () => {
  it('creates a student, and does so once however often it is asked for', async () => {
    const wanted = student();
    const answers = await Promise.all([platform.link(wanted), platform.link(wanted), platform.find(wanted)]);
    const [first] = answers;
    expect(first).toMatchObject({
      outcome: 'linked',
      student: { externalRef: expect.any(String), activationUrl: `${sandbox.url}/e-teori/${wanted.linkId}` },
    });
    expect(await platform.link(wanted)).toEqual(first);
    expect(taught()).toHaveLength(1);
  });

  it('finds somebody by e-mail who is there already', async () => {
    const first = await linked();
    await sandbox.eteori.activate(first.linkId);
    expect(await linked()).toMatchObject({ externalRef: first.externalRef, activationUrl: null });
  });

  it.each([
    ['refused@example.com', accountRef, 'email_refused'],
    ['elsewhere@example.com', accountRef, 'student_elsewhere'],
    ['freja@example.com', 'nobodys', 'account_unknown'],
  ])('of %s in %s is refused for good: %s', async (email, account, reason) => {
    expect(await platform.link({ ...student(email), accountRef: account })).toEqual({ outcome: 'rejected', reason });
  });

  it('refuses a reference that is another student’s', async () => {
    const { linkId } = await linked();
    expect(await platform.link(student('other@example.com', linkId))).toEqual({
      outcome: 'rejected',
      reason: 'reference_in_use',
    });
  });

  it('that nobody has heard of is not found', async () => {
    expect(await platform.find(student())).toBeNull();
  });

  it('ends, as often as one likes, and never comes back', async () => {
    const wanted = await linked();
    for (let time = 0; time < 2; time++) expect(await platform.unlink(wanted)).toEqual({ outcome: 'ended' });
    for (const answer of [await platform.link(wanted), await platform.find(wanted), await platform.progress(wanted)])
      expect(answer).toEqual({ outcome: 'rejected', reason: 'link_closed' });
  });

  it('that ended before it was made is not made by a late request', async () => {
    const wanted = student();
    expect(await platform.unlink(wanted)).toEqual({ outcome: 'ended' });
    expect(await platform.link(wanted)).toEqual({ outcome: 'rejected', reason: 'link_closed' });
  });
});

describe('progress', () => {
  it('is nothing at first, and then all of it', async () => {
    const link = await linked();
    expect(await platform.progress(link)).toEqual({ outcome: 'read', report: null });
    await sandbox.eteori.activate(link.linkId);
    await sandbox.eteori.readLesson(link.linkId);
    await sandbox.eteori.takeTest(link.linkId, 22);
    expect(await platform.progress(link)).toMatchObject({
      outcome: 'read',
      report: {
        linkId: link.linkId,
        externalRef: link.externalRef,
        version: 3,
        lessonsRead: 1,
        lessonsTotal: 8,
        activatedAt: expect.any(Date),
        completedAt: null,
        tests: [{ testRef: 'proeve-1', score: 22, maxScore: 25, passed: true }],
      },
    });
  });

  it('of an account is read page by page, from where one was', async () => {
    const { linkId } = await linked();
    for (let count = 0; count < 130; count++) await sandbox.eteori.readLesson(linkId);
    const first = await platform.reports(accountRef, null);
    if (first.outcome !== 'read') throw new Error(first.outcome);
    expect([first.page.reports.length, first.page.hasMore]).toEqual([100, true]);
    const second = await platform.reports(accountRef, first.page.next);
    if (second.outcome !== 'read') throw new Error(second.outcome);
    expect(second.page).toMatchObject({ hasMore: false, unreadable: 0 });
    expect(second.page.reports.map(({ version }) => version)).toEqual(Array.from({ length: 30 }, (_, at) => at + 101));
    expect(await platform.reports(accountRef, second.page.next)).toMatchObject({
      outcome: 'read',
      page: { reports: [], next: second.page.next, hasMore: false },
    });
    expect(await platform.reports(accountRef, 'c-4711')).toEqual({ outcome: 'cursor_gone' });
  });

  it('that cannot be is left out, and what stands beside it is not', async () => {
    const { linkId } = await linked();
    await sandbox.eteori.readLesson(linkId);
    const feed = sandbox.eteori.feed(accountRef);
    feed.unshift({ ...feed[0]!, lessonsRead: 9 });
    expect(await platform.reports(accountRef, null)).toMatchObject({
      outcome: 'read',
      page: { unreadable: 1, reports: [{ lessonsRead: 1 }] },
    });
  });

  it('comes with a catalogue', async () => {
    expect(await platform.catalogue()).toMatchObject({
      outcome: 'read',
      catalogue: {
        lessons: expect.arrayContaining([{ lessonRef: 'lektion-7', title: 'Lektion 7' }]),
        tests: expect.arrayContaining([{ testRef: 'proeve-3', title: 'Teoriprøve 3', maxScore: 25, passScore: 20 }]),
      },
    });
  });
});

describe('when e-teori.dk fails', () => {
  const fail = (
    operation: string,
    kind: 'timeout_after_acting' | 'timeout_before' | 'error_500' | 'garbage',
    times = 3,
  ) => sandbox.faults.add({ system: 'e-teori', operation, kind, times, delayMs: 50 });

  it('a link that was made without an answer is found, and is one', async () => {
    const wanted = student();
    fail('links.put', 'timeout_after_acting');
    expect(await platform.link(wanted)).toMatchObject({ outcome: 'unknown' });
    expect(await platform.find(wanted)).toMatchObject({ outcome: 'linked' });
    expect(taught()).toHaveLength(1);
  });

  it.each(['timeout_before', 'error_500', 'garbage'] as const)('nobody knows after %s, of anything', async (kind) => {
    const link = await linked();
    const asked: [string, (of: EteoriPlatform) => Promise<unknown>][] = [
      ['links.put', (of) => of.link(student())],
      ['links.get', (of) => of.find(link)],
      ['links.delete', (of) => of.unlink(link)],
      ['links.progress', (of) => of.progress(link)],
      ['progress.list', (of) => of.reports(accountRef, null)],
      ['catalogue.get', (of) => of.catalogue()],
    ];
    for (const [operation] of asked) fail(operation, kind);
    const answers = await Promise.all(asked.map(([, ask]) => ask(platformOf(config()))));
    expect(answers).toEqual(asked.map(() => ({ outcome: 'unknown', reason: expect.any(String) })));
  });

  it('is left alone for as long as it wishes', async () => {
    sandbox.faults.add({ system: 'e-teori', operation: 'links.put', kind: 'rate_limited' });
    const answer = await platform.link(student());
    if (answer.outcome !== 'unknown') throw new Error(answer.outcome);
    expect(answer.againInMs).toBeGreaterThan(500);
    expect(answer.againInMs).toBeLessThanOrEqual(1_000);
    expect(taught()).toHaveLength(0);
  });

  it('is not believed to have refused by what stands in between', async () => {
    const elsewhere = platformOf(config({ apiUrl: `${sandbox.url}/nothing-here` }));
    const link = student();
    expect(await elsewhere.unlink(link)).toMatchObject({ outcome: 'unknown' });
    expect(await elsewhere.find(link)).toMatchObject({ outcome: 'unknown' });
  });

  it('is asked nothing while it is not set up', async () => {
    const none = platformOf(config({ apiKey: undefined }));
    expect(none.isAvailable).toBe(false);
    expect(await none.link(student())).toMatchObject({ outcome: 'unknown' });
  });
});

describe('what we ask', () => {
  it.each([-10, 10])('is believed with clocks %i minutes apart, and so is what we are told', async (apart) => {
    sandbox.eteori.clockSkewMs = apart * minutes;
    const { linkId } = await linked();
    const heard = listening.received.length;
    await sandbox.eteori.readLesson(linkId);
    expect(nonceOfSigned(requestOf((await listening.hears(heard + 1)).at(-1)!), eteoriWebhookSecret)).toBeTruthy();
  });

  it('is not believed with clocks further apart, or the wrong key or secret', async () => {
    for (const settings of [config({ apiKey: 'other' }), config({ signingSecret: 'other' })])
      expect(await platformOf(settings).link(student())).toMatchObject({
        outcome: 'unknown',
        reason: expect.stringContaining('unauthorized'),
      });
    sandbox.eteori.clockSkewMs = 16 * minutes;
    expect(await platform.link(student())).toMatchObject({ reason: expect.stringContaining('clock_skew') });
  });

  it('is taken once, and only as it was signed', async () => {
    const target = '/partner/v1/catalogue';
    const [timestamp, nonce] = [String(Math.floor(Date.now() / 1_000)), newId()];
    const signature = signatureOf({ method: 'GET', target, timestamp, nonce, body: '' }, eteoriSigningSecret);
    const headers = {
      authorization: `Bearer ${apiKey}`,
      'x-eteori-timestamp': timestamp,
      'x-eteori-nonce': nonce,
      'x-eteori-signature': signature,
    };
    const ask = async (path: string) => (await fetch(sandbox.url + path, { headers })).json();
    expect(await ask(`${target}?more=1`)).toMatchObject({ code: 'unauthorized' });
    expect(await ask(target)).toHaveProperty('lessons');
    expect(await ask(target)).toMatchObject({ status: 401, code: 'replayed' });
  });
});

function requestOf({ body, headers }: { body: string; headers: WebhookRequest['headers'] }): WebhookRequest {
  return { body: Buffer.from(body), headers, url };
}

describe('what we are told', () => {
  const signed = (body: string, secret: string = eteoriWebhookSecret, at = new Date()): WebhookRequest => {
    const headers = webhookHeaders(body, 'event-4711', new URL(url, listening.url), secret, at);
    return requestOf({ body, headers });
  };

  it('names itself the same each time, and is believed as it was signed alone', () => {
    const message = signed('{}');
    expect(nonceOfSigned(message, eteoriWebhookSecret)).toBe('event-4711');
    for (const other of [
      { ...message, body: Buffer.from('{ }') },
      { ...message, url: '/webhooks/stripe' },
      { ...message, headers: { ...message.headers, 'x-eteori-nonce': 'event-4712' } },
      { ...message, headers: { ...message.headers, 'x-eteori-timestamp': 'soon' } },
      { ...message, headers: {} },
      signed('{}', 'somebody-elses'),
      signed('{}', undefined, new Date(Date.now() - 16 * minutes)),
      signed('{}', undefined, new Date(Date.now() + 16 * minutes)),
    ]) {
      expect(() => nonceOfSigned(other, eteoriWebhookSecret)).toThrow(UntrustedWebhook);
    }
  });

  const report = {
    reference: '019aa1b2-7c00-7000-8000-000000000001',
    studentId: 'et_1',
    version: 3,
    asOf: '2026-11-22T10:00:00.000Z',
    lessonsRead: 2,
    lessonsTotal: 8,
    activatedAt: null,
    completedAt: null,
    tests: [{ resultId: 'r1', testId: 'p1', takenAt: '2026-11-22T09:00:00Z', score: 20, maxScore: 25, passed: true }],
  };
  const [test] = report.tests;

  it('is read', () => {
    expect(reportIn(report)).toMatchObject({ version: 3, lessonsRead: 2, tests: [{ resultRef: 'r1', score: 20 }] });
  });

  it.each<[string, unknown]>([
    ['nothing', null],
    ['a list', [report]],
    ['no version', { ...report, version: undefined }],
    ['a version that is none', { ...report, version: 1.5 }],
    ['a version beyond counting', { ...report, version: 2 ** 53 }],
    ['more lessons than there are', { ...report, lessonsRead: 9 }],
    ['lessons without end', { ...report, lessonsTotal: 1e9 }],
    ['a student without a name', { ...report, studentId: '' }],
    ['a student with a long name', { ...report, studentId: 'x'.repeat(65) }],
    ['a name with a zero byte', { ...report, studentId: 'et\u0000' }],
    ['a day that is none', { ...report, asOf: '2026-02-31Tnoon' }],
    ['a far future', { ...report, completedAt: '9999-01-01T00:00:00Z' }],
    ['a far past', { ...report, asOf: '0001-01-01T00:00:00Z' }],
    ['tests that are no list', { ...report, tests: {} }],
    ['tests without end', { ...report, tests: Array.from({ length: 201 }, () => test) }],
    ['more points than there are', { ...report, tests: [{ ...test, score: 26 }] }],
    ['a test of no points', { ...report, tests: [{ ...test, score: 0, maxScore: 0 }] }],
    ['a test passed perhaps', { ...report, tests: [{ ...test, passed: 'yes' }] }],
    ['one wrong test among others', { ...report, tests: [test, { ...test, takenAt: null }] }],
  ])('is not kept when it has %s', (_what, poisoned) => {
    expect(reportIn(poisoned)).toBeNull();
  });
});
