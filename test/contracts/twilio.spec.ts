import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SANDBOX_CREDENTIALS, startSandbox, type Sandbox } from '../../sandbox/sandbox.js';
import { startApplication, type ListeningApplication } from '../../sandbox/testing/application.js';
import { TwilioReports } from '../../src/integrations/twilio/twilio-reports.js';
import { TwilioSmsSender } from '../../src/integrations/twilio/twilio-sms-sender.js';
import { Metrics } from '../../src/platform/observability/metrics/metrics.js';
import { ProviderCalls } from '../../src/platform/ports/provider-calls.js';
import { newId } from '../../src/platform/values/id.js';
import { deliveryReportsContract } from './delivery-reports.contract.js';
import { smsSenderContract } from './sms-sender.contract.js';

const { twilioAccountSid: accountSid, twilioAuthToken: authToken } = SANDBOX_CREDENTIALS;

let sandbox: Sandbox;
let listening: ListeningApplication;
let sender: TwilioSmsSender;

beforeAll(async () => {
  listening = await startApplication();
  sandbox = await startSandbox({ vendorSpecs: process.env['VENDOR_SPECS'], twilio: { deliveryStepMs: 20 } });
});

// A new one each time, whose circuit breaker has not met the faults of the test before.
beforeEach(() => {
  const config = { accountSid, authToken, apiUrl: sandbox.url };
  sender = new TwilioSmsSender(config, '+4578771234', reportsUrl(), new ProviderCalls(new Metrics()));
});

afterAll(async () => {
  expect(sandbox.violations).toEqual([]);
  await sandbox.close();
  await listening.close();
});

const reportsUrl = () => `${listening.url}/webhooks/twilio`;
const reportsWith = (token: string) =>
  new TwilioReports({ accountSid, authToken: token, apiUrl: sandbox.url }, listening.url, sender);

deliveryReportsContract('Twilio', () => ({
  reports: reportsWith(SANDBOX_CREDENTIALS.twilioAuthToken),
  without: reportsWith(''),
  ofAnother: reportsWith('another'),
  listening,
  url: '/webhooks/twilio',
  send: async (to) => {
    const messageId = newId();
    expect(await sender.send({ to, body: `Hej ${messageId}`, messageId })).toMatchObject({ outcome: 'accepted' });
    return messageId;
  },
  tells: {
    '+4520123456': { state: 'delivered', isHard: false, cost: { micros: 45_000, currency: 'USD' } },
    '+4500000001': { state: 'failed', isHard: false, reason: 'Twilio 30003' },
    '+4500000002': { state: 'failed', isHard: true, reason: 'Twilio 30005' },
  },
}));

describe('Twilio', () => {
  it('hands on what people answer', async () => {
    await sandbox.twilio.answer(`${listening.url}/webhooks/twilio`, '+4520123456', 'STOP');
    const { body, headers, url } = listening.received.find((post) => post.body.includes('Body=STOP'))!;
    const reports = reportsWith(SANDBOX_CREDENTIALS.twilioAuthToken);
    await reports.accept({ body: Buffer.from(body), headers, url });
    const stop = { about: 'address', word: 'stop', address: '+4520123456' };
    expect(await reports.parse(body, new Date())).toMatchObject([stop]);
  });

  it('sends by a messaging service instead of a number', async () => {
    const config = { accountSid, authToken, apiUrl: sandbox.url, messagingService: `MG${'0'.repeat(32)}` };
    const byService = new TwilioSmsSender(config, undefined, reportsUrl(), new ProviderCalls(new Metrics()));
    const body = 'Hej fra tjenesten';
    expect(await byService.send({ to: '+4520123456', body })).toMatchObject({ outcome: 'accepted' });
    const sms = sandbox.twilio.received().find((each) => each.body === body);
    expect(sms?.from).toBe(config.messagingService);
  });
});

smsSenderContract('Twilio', () => ({
  sender: () => sender,
  canTellTaken: true,
  goodNumber: '+4520123456',
  refusedNumbers: ['+15005550001', '+15005550004', '+15005550009'],
  taken: (to) =>
    sandbox.twilio
      .received()
      .filter((sms) => sms.to === to)
      .map(({ sid, body, from }) => ({ ref: sid, body, from })),
  breakNext: (kind) => sandbox.faults.add({ system: 'twilio', kind, delayMs: 300 }),
}));
