import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { SANDBOX_CREDENTIALS, startSandbox, type Sandbox } from '../../sandbox/sandbox.js';
import { TwilioSmsSender } from '../../src/integrations/twilio/twilio-sms-sender.js';
import { Metrics } from '../../src/platform/observability/metrics/metrics.js';
import { ProviderCalls } from '../../src/platform/ports/provider-calls.js';
import { smsSenderContract } from './sms-sender.contract.js';

let sandbox: Sandbox;
let sender: TwilioSmsSender;

beforeAll(async () => {
  sandbox = await startSandbox({ vendorSpecs: process.env['VENDOR_SPECS'] });
});

// A new one each time, whose circuit breaker has not met the faults of the test before.
beforeEach(() => {
  const { twilioAccountSid: accountSid, twilioAuthToken: authToken } = SANDBOX_CREDENTIALS;
  const config = { provider: 'twilio', fromNumber: '+4578771234', accountSid, authToken, apiUrl: sandbox.url } as const;
  sender = new TwilioSmsSender(config, new ProviderCalls(new Metrics()));
});

afterAll(() => sandbox.close());

smsSenderContract('Twilio', () => ({
  sender: () => sender,
  goodNumber: '+4520123456',
  refusedNumbers: ['+15005550001', '+15005550004', '+15005550009'],
  taken: (to) =>
    sandbox.twilio
      .received()
      .filter((sms) => sms.to === to)
      .map(({ sid, body }) => ({ ref: sid, body })),
  breakNext: (kind) => sandbox.faults.add({ system: 'twilio', kind, delayMs: 300 }),
}));
