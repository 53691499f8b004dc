import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.js';
import { startApplication, type ListeningApplication } from '../../sandbox/testing/application.js';
import { GatewayapiReports } from '../../src/integrations/gatewayapi/gatewayapi-reports.js';
import { GatewayapiSmsSender } from '../../src/integrations/gatewayapi/gatewayapi-sms-sender.js';
import { Metrics } from '../../src/platform/observability/metrics/metrics.js';
import { ProviderCalls } from '../../src/platform/ports/provider-calls.js';
import { newId } from '../../src/platform/values/id.js';
import { deliveryReportsContract } from './delivery-reports.contract.js';
import { smsSenderContract } from './sms-sender.contract.js';

const secret = 'sandbox';

let sandbox: Sandbox;
let listening: ListeningApplication;
let sender: GatewayapiSmsSender;
const config = () =>
  ({ token: secret, sender: 'JustDriving', region: 'eu', webhookSecret: secret, apiUrl: sandbox.url }) as const;

beforeAll(async () => {
  listening = await startApplication();
  sandbox = await startSandbox({ vendorSpecs: process.env['VENDOR_SPECS'], appUrl: listening.url });
});
// A new one each time, whose circuit breaker has not met the faults of the test before.
beforeEach(() => void (sender = new GatewayapiSmsSender(config(), new ProviderCalls(new Metrics()))));
afterAll(async () => {
  expect(sandbox.violations).toEqual([]);
  await sandbox.close();
  await listening.close();
});

smsSenderContract('GatewayAPI', () => ({
  sender: () => sender,
  canTellTaken: false,
  goodNumber: '+4520123456',
  refusedNumbers: ['+4500000000'],
  taken: (to) =>
    sandbox.messengers.gatewayapi
      .received()
      .filter((sms) => sms.to === to)
      .map(({ sid, body, from }) => ({ ref: sid, body, from })),
  breakNext: (kind) => sandbox.faults.add({ system: 'gatewayapi', kind, delayMs: 300 }),
}));

deliveryReportsContract('GatewayAPI', () => ({
  reports: new GatewayapiReports(config()),
  without: new GatewayapiReports({ ...config(), webhookSecret: undefined }),
  ofAnother: new GatewayapiReports({ ...config(), webhookSecret: 'another' }),
  listening,
  url: '/webhooks/gatewayapi',
  send: async (to) => {
    const messageId = newId();
    const body = `Hej ${messageId}`;
    expect(await sender.send({ to, body, messageId })).toMatchObject({ outcome: 'accepted' });
    return messageId;
  },
  tells: {
    '+4520123456': { state: 'delivered', isHard: false },
    '+4500000001': { state: 'failed', isHard: false, reason: expect.stringContaining('0x1019') as unknown as string },
    '+4500000002': { state: 'failed', isHard: true, reason: expect.stringContaining('0x1010') as unknown as string },
  },
}));

describe('GatewayAPI', () => {
  it('says what a message costs', async () => {
    const delivery = await sender.send({ to: '+4520123456', body: 'x'.repeat(161) });
    expect(delivery).toMatchObject({ segments: 2, cost: { micros: 480_000, currency: 'DKK' } });
  });

  const inOneMoment = (texts: readonly { to: string; body: string }[]) =>
    Promise.all(texts.map((text) => sender.send({ ...text, messageId: newId() })));

  it('takes messages of the same moment in one request, and each bears its part of the price', async () => {
    const [to, short, long] = ['+4520123403', 'x', 'x'.repeat(161)];
    expect(
      await inOneMoment([
        { to, body: short },
        { to, body: long },
      ]),
    ).toMatchObject([
      { outcome: 'accepted', segments: 1, cost: { micros: 240_000 } },
      { outcome: 'accepted', segments: 2, cost: { micros: 480_000 } },
    ]);
    // A fault strikes one request.
    sandbox.faults.add({ system: 'gatewayapi', kind: 'error_500' });
    const struck = await inOneMoment([
      { to, body: short },
      { to, body: long },
    ]);
    expect(struck.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown']);
  });

  it('keeps no message back because another one is refused', async () => {
    const numbers = ['+4520123401', '+4500000000', '+4520123402'];
    const deliveries = await inOneMoment(numbers.map((to) => ({ to, body: 'Hej' })));
    expect(deliveries.map(({ outcome }) => outcome)).toEqual(['accepted', 'rejected', 'accepted']);
    const received = sandbox.messengers.gatewayapi.received().map(({ to }) => to);
    expect(numbers.map((number) => received.filter((to) => to === number).length)).toEqual([1, 0, 1]);
  });

  it('hands on what people answer', async () => {
    await sandbox.messengers.gatewayapi.answer('4520123456', ' Stop. ');
    const { body, headers } = listening.received.find((post) => post.body.includes('Stop'))!;
    const reports = new GatewayapiReports(config());
    const kept = await reports.accept({ body: Buffer.from(body), headers, url: '' });
    expect(reports.parse(kept.body!, new Date())).toMatchObject([
      { about: 'address', word: 'stop', address: '+4520123456' },
    ]);
  });
});
