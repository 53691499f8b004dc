import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.js';
import { SmtpEmailSender } from '../../src/integrations/smtp/smtp-email-sender.js';
import type { SmtpServer } from '../../src/integrations/smtp/smtp-transport.js';
import { AppConfig } from '../../src/platform/config/app.config.js';
import { Metrics } from '../../src/platform/observability/metrics/metrics.js';
import { ProviderCalls } from '../../src/platform/ports/provider-calls.js';
import { emailSenderContract } from './email-sender.contract.js';

let sandbox: Sandbox;
let sender: SmtpEmailSender;

beforeAll(async () => {
  sandbox = await startSandbox();
});

// A new one each time, whose circuit breaker has not met the faults of the test before.
beforeEach(() => {
  const config: SmtpServer = {
    host: '127.0.0.1',
    port: sandbox.smtpPort,
    fromAddress: 'post@just-driving.example',
    fromName: 'Just Driving',
  };
  const app = Object.assign(new AppConfig(), { environment: 'test' });
  sender = new SmtpEmailSender(config, new ProviderCalls(new Metrics()), app);
});

afterEach(() => sender.onApplicationShutdown());

afterAll(() => sandbox.close());

emailSenderContract('SMTP', () => ({
  sender: () => sender,
  hasSuppressions: false,
  refusedAddress: 'bounce@example.dk',
  sameReference: true,
  canTellTaken: false,
  arrived: () => [...sandbox.mail.mailbox.values()].map((each) => ({ ...each, recipients: each.envelope.to })),
  breakNext: (kind) => sandbox.faults.add({ system: 'smtp', kind, delayMs: 300 }),
}));
