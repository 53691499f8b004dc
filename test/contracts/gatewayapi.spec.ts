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
