import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.js';
import { startApplication, type ListeningApplication } from '../../sandbox/testing/application.js';
import { SparkpostEmailSender } from '../../src/integrations/sparkpost/sparkpost-email-sender.js';
import { SparkpostReports } from '../../src/integrations/sparkpost/sparkpost-reports.js';
import { Metrics } from '../../src/platform/observability/metrics/metrics.js';
import { ProviderCalls } from '../../src/platform/ports/provider-calls.js';
import { newId } from '../../src/platform/values/id.js';
import { deliveryReportsContract } from './delivery-reports.contract.js';
import { email, emailSenderContract } from './email-sender.contract.js';

const secret = 'sandbox';
const from = { fromAddress: 'post@just-driving.example', fromName: 'Just Driving' };

let sandbox: Sandbox;
let listening: ListeningApplication;
let sender: SparkpostEmailSender;
const config = () =>
  ({ apiKey: secret, region: 'eu', webhookUsername: secret, webhookPassword: secret, apiUrl: sandbox.url }) as const;

beforeAll(async () => {
  listening = await startApplication();
  sandbox = await startSandbox({ vendorSpecs: process.env['VENDOR_SPECS'], appUrl: listening.url });
});
// A new one each time, whose circuit breaker has not met the faults of the test before.
beforeEach(() => void (sender = new SparkpostEmailSender(config(), from, new ProviderCalls(new Metrics()))));
afterAll(async () => {
  expect(sandbox.violations).toEqual([]);
  await sandbox.close();
  await listening.close();
});

emailSenderContract('SparkPost', () => ({
  sender: () => sender,
  hasSuppressions: true,
  refusedAddress: 'suppressed@example.dk',
  sameReference: false,
  canTellTaken: false,
  arrived: () => [...sandbox.mail.mailbox.values()].map((each) => ({ ...each, recipients: each.envelope.to })),
  breakNext: (kind) =>
    sandbox.faults.add({ system: 'sparkpost', operation: 'transmissions.create', kind, delayMs: 300 }),
}));

deliveryReportsContract('SparkPost', () => ({
  reports: new SparkpostReports(config()),
  without: new SparkpostReports({ ...config(), webhookPassword: undefined }),
  ofAnother: new SparkpostReports({ ...config(), webhookPassword: 'another' }),
  listening,
  url: '/webhooks/sparkpost',
  send: async (address) => {
    const messageId = newId();
    const sent = await sender.send(email({ messageId, to: { name: 'Ida', address } }));
    expect(sent).toMatchObject({ outcome: 'accepted' });
    return messageId;
  },
  tells: {
    'ida@example.dk': { state: 'delivered', isHard: false, reason: null },
    'bounce@example.dk': {
      state: 'bounced',
      isHard: true,
      reason: expect.stringContaining('550') as unknown as string,
    },
    'full@example.dk': { state: 'bounced', isHard: false },
    'complain@example.dk': { state: 'complained' },
  },
}));
