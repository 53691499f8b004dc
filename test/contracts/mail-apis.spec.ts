import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { SENDGRID_PUBLIC_KEY } from '../../sandbox/sendgrid/sendgrid-signature.js';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.js';
import { startApplication, type ListeningApplication } from '../../sandbox/testing/application.js';
import { MailgunEmailSender } from '../../src/integrations/mailgun/mailgun-email-sender.js';
import { MailgunReports } from '../../src/integrations/mailgun/mailgun-reports.js';
import { MailtrapEmailSender } from '../../src/integrations/mailtrap/mailtrap-email-sender.js';
import { MailtrapReports } from '../../src/integrations/mailtrap/mailtrap-reports.js';
import { SendgridEmailSender } from '../../src/integrations/sendgrid/sendgrid-email-sender.js';
import { SendgridReports } from '../../src/integrations/sendgrid/sendgrid-reports.js';
import type { DeliveryNews, DeliveryReports, EmailSender } from '../../src/modules/notifications/index.js';
import { Metrics } from '../../src/platform/observability/metrics/metrics.js';
import { ProviderCalls } from '../../src/platform/ports/provider-calls.js';
import { newId } from '../../src/platform/values/id.js';
import { deliveryReportsContract } from './delivery-reports.contract.js';
import { email, emailSenderContract } from './email-sender.contract.js';

const secret = 'sandbox';
const domain = 'just-driving.example';
const from = { fromAddress: `post@${domain}`, fromName: 'Just Driving' };
const strangersKey =
  'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEb7I5IkZ4CiSD/VEOlOKpGYfto5/hkj7SzYlvW7cXKdT+Sa53zsnmF6s3L2Jd+TzRttDVFrSkr5IzZYf9AR47Wg==';

let sandbox: Sandbox;
let listening: ListeningApplication;

interface Provider {
  readonly title: string;
  readonly name: 'sendgrid' | 'mailgun' | 'mailtrap';
  readonly operation: string;
  readonly sender: (calls: ProviderCalls) => EmailSender;
  readonly reports: (proof?: string) => DeliveryReports;
  readonly anotherProof: string;
  readonly canTellTaken: boolean;
  readonly freshForHours?: number;
  readonly tells: Readonly<Record<string, Partial<DeliveryNews>>>;
}

const usual = {
  'ida@example.dk': { state: 'delivered', isHard: false },
  'bounce@example.dk': {
    state: 'bounced',
    isHard: true,
    reason: expect.stringContaining('5.1.1') as unknown as string,
  },
  'complain@example.dk': { state: 'complained' },
} as const;

const providers: readonly Provider[] = [
  {
    title: 'SendGrid',
    name: 'sendgrid',
    operation: 'mail.send',
    sender: (calls) => new SendgridEmailSender({ apiKey: secret, region: 'eu', apiUrl: sandbox.url }, from, calls),
    reports: (webhookPublicKey) => new SendgridReports({ region: 'eu', webhookPublicKey }),
    anotherProof: strangersKey,
    canTellTaken: false,
    freshForHours: 48,
    tells: {
      ...usual,
      'full@example.dk': { state: 'bounced', isHard: false },
      'suppressed@example.dk': { state: 'failed', isHard: true },
    },
  },
  {
    title: 'Mailgun',
    name: 'mailgun',
    operation: 'messages.create',
    sender: (calls) =>
      new MailgunEmailSender({ apiKey: secret, domain, region: 'eu', apiUrl: sandbox.url }, from, calls),
    reports: (signingKey) => new MailgunReports({ region: 'eu', signingKey }),
    anotherProof: 'another',
    canTellTaken: true,
    freshForHours: 24,
    tells: {
      ...usual,
      'full@example.dk': { state: 'bounced', isHard: false },
      'suppressed@example.dk': { state: 'bounced', isHard: true },
    },
  },
  {
    title: 'Mailtrap',
    name: 'mailtrap',
    operation: 'send',
    sender: (calls) => new MailtrapEmailSender({ token: secret, apiUrl: sandbox.url }, from, calls),
    reports: (webhookSecret) => new MailtrapReports({ webhookSecret }),
    anotherProof: 'another',
    canTellTaken: false,
    tells: {
      ...usual,
      'full@example.dk': { state: 'failed', isHard: false },
      'suppressed@example.dk': { state: 'failed', isHard: false },
    },
  },
];

let calls: ProviderCalls;

beforeAll(async () => {
  listening = await startApplication();
  sandbox = await startSandbox({ vendorSpecs: process.env['VENDOR_SPECS'], appUrl: listening.url });
});
// A new one each time, whose circuit breakers have not met the faults of the test before.
beforeEach(() => void (calls = new ProviderCalls(new Metrics())));
afterAll(async () => {
  expect(sandbox.violations).toEqual([]);
  await sandbox.close();
  await listening.close();
});

for (const { title, name, operation, sender, reports, anotherProof, canTellTaken, freshForHours, tells } of providers) {
  emailSenderContract(title, () => ({
    sender: () => sender(calls),
    hasSuppressions: name !== 'mailtrap',
    refusedAddress: null,
    sameReference: canTellTaken,
    canTellTaken,
    arrived: () => [...sandbox.mail.mailbox.values()].map((each) => ({ ...each, recipients: each.envelope.to })),
    breakNext: (kind) => sandbox.faults.add({ system: name, operation, kind, delayMs: 300 }),
  }));

  deliveryReportsContract(title, () => ({
    reports: reports(name === 'sendgrid' ? SENDGRID_PUBLIC_KEY : secret),
    without: reports(),
    ofAnother: reports(anotherProof),
    listening,
    url: `/webhooks/${name}`,
    ...(freshForHours && { freshForHours }),
    send: async (address) => {
      const messageId = newId();
      const sent = await sender(calls).send(email({ messageId, to: { name: 'Ida', address } }));
      expect(sent).toMatchObject({ outcome: 'accepted' });
      return messageId;
    },
    tells,
  }));
}
