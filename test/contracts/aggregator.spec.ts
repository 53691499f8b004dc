import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.js';
import { startApplication, type ListeningApplication } from '../../sandbox/testing/application.js';
import { HttpSmsReports } from '../../src/integrations/http-sms/http-sms-reports.js';
import { HttpSmsSender } from '../../src/integrations/http-sms/http-sms-sender.js';
import { HttpSmsConfig } from '../../src/integrations/http-sms/http-sms.config.js';
import { Metrics } from '../../src/platform/observability/metrics/metrics.js';
import { ProviderCalls } from '../../src/platform/ports/provider-calls.js';
import { newId } from '../../src/platform/values/id.js';
import { deliveryReportsContract } from './delivery-reports.contract.js';
import { smsSenderContract } from './sms-sender.contract.js';

let sandbox: Sandbox;
let listening: ListeningApplication;
let sender: HttpSmsSender;

const config = (callbackSecret?: string) =>
  Object.assign(new HttpSmsConfig(), {
    url: `${sandbox.url}/aggregator/messages`,
    method: 'POST',
    header: 'Authorization: Bearer sandbox',
    fieldList: 'to=msisdn, message=text, from=sender, reference=client_ref, id=data.message_id',
    sender: 'JustDriving',
    callbackSecret,
  });

beforeAll(async () => {
  listening = await startApplication();
  sandbox = await startSandbox({ appUrl: listening.url });
});
// A new one each time, whose circuit breaker has not met the faults of the test before.
beforeEach(() => void (sender = new HttpSmsSender(config(), new ProviderCalls(new Metrics()))));
afterAll(async () => {
  await sandbox.close();
  await listening.close();
});

smsSenderContract('An aggregator', () => ({
  sender: () => sender,
  canTellTaken: false,
  goodNumber: '+4520123456',
  refusedNumbers: ['+4500000000'],
  taken: (to) =>
    sandbox.messengers.aggregator
      .received()
      .filter((sms) => sms.to === to)
      .map(({ sid, body, from }) => ({ ref: sid, body, from })),
  breakNext: (kind) => sandbox.faults.add({ system: 'aggregator', kind, delayMs: 300 }),
}));

deliveryReportsContract('An aggregator', () => ({
  reports: new HttpSmsReports(config('sandbox')),
  without: new HttpSmsReports(config()),
  ofAnother: new HttpSmsReports(config('another')),
  listening,
  url: '/webhooks/http-sms',
  send: async (to) => {
    const messageId = newId();
    expect(await sender.send({ to, body: `Hej ${messageId}`, messageId })).toMatchObject({ outcome: 'accepted' });
    return messageId;
  },
  tells: {
    '+4520123456': { state: 'delivered', isHard: false },
    '+4500000002': { state: 'failed', isHard: true, reason: 'unknown_subscriber' },
  },
}));
