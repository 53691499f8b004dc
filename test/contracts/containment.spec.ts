import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.js';
import '../../src/app.module.js';
import { emailSender, mailConfigs, MailSettings } from '../../src/integrations/email-senders.js';
import { mailProviders } from '../../src/integrations/mail.config.js';
import { needsContaining } from '../../src/integrations/reaching-people.js';
import { smsConfigs, smsSender, SmsSettings } from '../../src/integrations/sms-senders.js';
import { smsProviders } from '../../src/integrations/sms.config.js';
import { AppConfig } from '../../src/platform/config/app.config.js';
import type { Environment, SectionClass } from '../../src/platform/config/config.section.js';
import { readConfig } from '../../src/platform/config/read-config.js';
import { Metrics } from '../../src/platform/observability/metrics/metrics.js';
import { ProviderCalls } from '../../src/platform/ports/provider-calls.js';
import { email } from './email-sender.contract.js';

const environments = ['local', 'test', 'staging'] as const;
const ours = { mail: 'staging@just-driving.example', phone: '+4520111222' };

let sandbox: Sandbox;
beforeAll(async () => void (sandbox = await startSandbox()));
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

/** As a real vendor is reached: at an address that is not this machine's own, and yet ends at the sandbox. */
const elsewhere = () => sandbox.url.replace('127.0.0.1', '0.0.0.0');

function settingsIn(environment: string, changes: Environment): Environment {
  const secrets = Object.fromEntries(
    ['SPARKPOST_API_KEY', 'SENDGRID_API_KEY', 'MAILGUN_API_KEY', 'MAILTRAP_API_TOKEN', 'GATEWAYAPI_TOKEN'].map(
      (name) => [name, 'sandbox'],
    ),
  );
  const urls = Object.fromEntries(
    ['SPARKPOST', 'SENDGRID', 'MAILGUN', 'MAILTRAP', 'GATEWAYAPI', 'TWILIO'].map((name) => [
      `${name}_API_URL`,
      elsewhere(),
    ]),
  );
  return {
    APP_ENV: environment,
    PUBLIC_URL: 'https://staging.just-driving.example',
    ...urls,
    ...secrets,
    MAILGUN_DOMAIN: 'just-driving.example',
    MAIL_HOST: '0.0.0.0',
    MAIL_PORT: String(sandbox.smtpPort),
    MAIL_FROM_ADDRESS: 'post@just-driving.example',
    SMS_HTTP_URL: `${elsewhere()}/aggregator/messages`,
    SMS_HTTP_HEADER: 'Authorization: Bearer sandbox',
    SMS_HTTP_FIELDS: 'to=msisdn,message=text,from=sender,reference=client_ref,id=data.message_id',
    ...changes,
  };
}

/** Without what an environment refuses: which laptop's secrets it has is not asked here. */
function read<T extends object>(type: SectionClass<T>, env: Environment): T {
  const config = readConfig({ ...env, APP_ENV: 'test' }, [type]).get(type) as T;
  return Object.assign(config, type === (AppConfig as SectionClass) ? { environment: env['APP_ENV'] } : {});
}

const calls = () => new ProviderCalls(new Metrics());

function mailIn(environment: string, changes: Environment) {
  const env = settingsIn(environment, changes);
  const configs = [AppConfig, ...mailConfigs].map((type) => read(type as SectionClass, env));
  return emailSender(new MailSettings(...(configs as ConstructorParameters<typeof MailSettings>)), calls());
}

function textsIn(environment: string, changes: Environment) {
  const env = settingsIn(environment, changes);
  const configs = [AppConfig, ...smsConfigs].map((type) => read(type as SectionClass, env));
  return smsSender(new SmsSettings(...(configs as ConstructorParameters<typeof SmsSettings>)), calls());
}

const received = () => {
  const { gatewayapi, aggregator } = sandbox.messengers;
  const texts = [sandbox.twilio, gatewayapi, aggregator].flatMap((each) => each.received());
  return { mails: [...sandbox.mail.mailbox.values()], texts };
};

describe.each(environments)('in %s nobody real is written to', (environment) => {
  // That one has an inbox of Mailtrap's behind it, whatever it is given.
  it.each(mailProviders.filter((each) => each !== 'mailtrap-sandbox'))('by e-mail through %s', async (provider) => {
    const reader = { name: 'Ida Real', address: 'ida@real-person.dk' };
    const keptBack = await mailIn(environment, { MAIL_PROVIDER: provider }).send(email({ to: reader }));
    expect(keptBack).toMatchObject({ outcome: 'rejected', reason: expect.stringContaining('MAIL_REDIRECT_TO') });
    expect(received().mails).toEqual([]);

    const redirecting = mailIn(environment, { MAIL_PROVIDER: provider, MAIL_REDIRECT_TO: ours.mail });
    expect(await redirecting.send(email({ to: reader }))).toMatchObject({ outcome: 'accepted' });
    expect(received().mails.map(({ envelope }) => envelope.to)).toEqual([[ours.mail]]);
    expect(JSON.stringify(received().mails[0]!.headers)).not.toContain(reader.address);
    const { onApplicationShutdown } = redirecting as { onApplicationShutdown?: () => Promise<void> };
    await onApplicationShutdown?.call(redirecting);
  });

  it.each(smsProviders)('by text message through %s', async (provider) => {
    const sender = textsIn(environment, { SMS_PROVIDER: provider, SMS_ALLOWED_NUMBERS: `${ours.phone}, 20 11 12 23` });
    await sender.send({ to: '+4520999888', body: 'Hej' });
    expect(received().texts).toEqual([]);
    expect(await sender.send({ to: ours.phone, body: 'Hej' })).toMatchObject({ outcome: 'accepted' });
    expect(received().texts.map(({ to }) => to)).toEqual(provider === 'log' ? [] : [ours.phone]);
  });
});

describe('who may be written to', () => {
  it.each([
    ['production', 'https://api.eu.sparkpost.com/api', false],
    ['staging', 'https://api.eu.sparkpost.com/api', true],
    ['staging', 'http://127.0.0.1:4100', true],
    ['local', 'https://api.twilio.com', true],
    ['local', 'http://127.0.0.1:4100', false],
    ['test', 'smtp://localhost:4125', false],
    ['local', 'smtp://127.0.0.1:25', true],
    ['local', 'smtp://127.0.0.1:587', true],
    ['local', 'http://127.0.0.1', true],
  ] as const)('in %s at %s: contained %s', (environment, address, contained) => {
    expect(needsContaining({ environment }, address)).toBe(contained);
  });
});
