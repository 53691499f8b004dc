import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '../../src/app.module.js';
import '../../src/demo/demo.config.js';
import { AppConfig } from '../../src/platform/config/app.config.js';
import { envExample } from '../../src/platform/config/env-example.js';
import { InvalidConfig, readConfig } from '../../src/platform/config/read-config.js';

const local = { DATABASE_URL: 'mysql://a:b@127.0.0.1:3306/c', REDIS_URL: 'redis://127.0.0.1:6379' };

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof InvalidConfig) return error.problems;
    throw error;
  }
}

describe('the configuration', () => {
  it('needs nothing on a laptop but a database and a Redis', () => {
    expect(problemsOf(local)).toEqual([]);
  });

  it('names every missing and every wrong variable at once', () => {
    const names = problemsOf({ APP_ENV: 'production', PORT: 'many', APP_ROLE: 'boss', MAIL_PORT: '99999' }).map(
      (problem) => problem.split(' ')[0],
    );
    expect(names).toEqual(
      expect.arrayContaining([
        'PORT',
        'APP_ROLE',
        'MAIL_PORT',
        'DATABASE_URL',
        'REDIS_URL',
        'JWT_SECRET',
        'PAYMENT_PROVIDER',
      ]),
    );
    expect(names.filter((name) => name === 'PORT')).toHaveLength(1);
  });

  it('never repeats a secret that is wrong', () => {
    expect(problemsOf({ ...local, JWT_SECRET: 'too-short-secret' }).join()).not.toContain('too-short-secret');
  });

  it('reads numbers and booleans from text', () => {
    const { port } = readConfig({ ...local, PORT: '8080' }).get(AppConfig) as AppConfig;
    expect(port).toBe(8080);
    expect(problemsOf({ ...local, SMS_ENABLED: 'perhaps' })).toEqual([expect.stringContaining('SMS_ENABLED')]);
  });

  it('asks for the secrets of Vipps MobilePay when it is bound, and only then', () => {
    const asked = problemsOf({ ...local, VIPPS_CLIENT_ID: 'sandbox' }).map((problem) => problem.split(' ')[0]);
    expect(asked).toEqual([
      'VIPPS_CLIENT_SECRET',
      'VIPPS_SUBSCRIPTION_KEY',
      'VIPPS_MERCHANT_SERIAL_NUMBER',
      'VIPPS_WEBHOOK_SECRET',
    ]);
    expect(problemsOf({ ...local, VIPPS_CLIENT_ID: '' })).toEqual([]);
    expect(problemsOf({ APP_ENV: 'staging', PAYMENT_PROVIDER: 'vipps' })).toContainEqual(
      expect.stringMatching(/^PAYMENT_PROVIDER .*VIPPS_CLIENT_ID/),
    );
  });

  it('needs no Stripe where another provider takes the payments, and all of the one that does', () => {
    const { STRIPE_SECRET_KEY: _key, STRIPE_WEBHOOK_SECRET: _secret, ...withoutStripe } = served;
    expect(problemsOf(withoutStripe)).toEqual([expect.stringMatching(/^PAYMENT_PROVIDER .*STRIPE_SECRET_KEY/)]);
    const paypal = { PAYMENT_PROVIDER: 'paypal', PAYPAL_CLIENT_ID: 'id', PAYPAL_CLIENT_SECRET: 'secret' };
    expect(problemsOf({ ...withoutStripe, ...paypal, PAYPAL_WEBHOOK_ID: 'webhook' })).toEqual([]);
    expect(problemsOf({ ...withoutStripe, ...paypal })).toEqual([expect.stringMatching(/^PAYPAL_WEBHOOK_ID /)]);
    const onlyKey = { ...withoutStripe, STRIPE_SECRET_KEY: 'sk_live_1' };
    expect(problemsOf(onlyKey)).toEqual([expect.stringMatching(/^STRIPE_WEBHOOK_SECRET /)]);
    const inFile = { ...withoutStripe, PAYMENT_PROVIDER: 'stripe', STRIPE_SECRET_KEY_FILE: '/nowhere' };
    expect(problemsOf(inFile).join()).not.toContain('PAYMENT_PROVIDER');
  });

  it('asks for the secrets of PayPal when it is bound, and only then', () => {
    const asked = problemsOf({ ...local, PAYPAL_CLIENT_ID: 'sandbox' }).map((problem) => problem.split(' ')[0]);
    expect(asked).toEqual(['PAYPAL_CLIENT_SECRET', 'PAYPAL_WEBHOOK_ID']);
    expect(problemsOf({ ...local, PAYPAL_CLIENT_ID: '' })).toEqual([]);
    expect(problemsOf({ APP_ENV: 'staging', PAYMENT_PROVIDER: 'paypal' })).toContainEqual(
      expect.stringMatching(/^PAYMENT_PROVIDER .*PAYPAL_CLIENT_ID/),
    );
  });

  it('is described in .env.example, all of it', () => {
    expect(readFileSync('.env.example', 'utf8')).toBe(envExample());
  });
});

const served = {
  APP_ENV: 'production',
  PUBLIC_URL: 'https://app.skole.example',
  DATABASE_URL: 'mysql://a:b@db.skole.example:3306/c',
  DATABASE_TLS: 'require',
  REDIS_URL: 'rediss://redis.skole.example:6379',
  JWT_SECRET: 'Yq3mWz8vK1rT5xN7bC2dF6gH9jL4pS0a',
  ENCRYPTION_KEY: '0aS4pL9jH6gF2dC7bN5xT1rK8vZw3mqY',
  STRIPE_SECRET_KEY: 'sk_live_1',
  STRIPE_WEBHOOK_SECRET: 'whsec_1',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'token',
  SMS_FROM_NUMBER: '+4578771234',
  MAIL_HOST: 'smtp.skole.example',
  MAIL_PORT: '587',
  MAIL_FROM_ADDRESS: 'post@skole.example',
};

describe('production', () => {
  it('starts with settings that are safe', () => {
    expect(problemsOf(served)).toEqual([]);
  });

  it.each([
    ['JWT_SECRET', 'a-secret-for-laptops-and-tests-only'],
    ['JWT_SECRET', 'a'.repeat(40)],
    ['ENCRYPTION_KEY', 'a-key-for-laptops-and-tests-only-0'],
    ['ENCRYPTION_KEY', served.JWT_SECRET],
    ['STRIPE_WEBHOOK_SECRET', 'whsec_sandbox'],
    ['STRIPE_SECRET_KEY', 'sk_test_51H'],
    ['STRIPE_API_URL', 'http://127.0.0.1:4100'],
    ['TWILIO_AUTH_TOKEN', 'sandbox'],
    ['TWILIO_API_URL', 'http://127.0.0.1:4100'],
    ['SANDBOX_URL', 'http://127.0.0.1:4100'],
    ['SMS_PROVIDER', 'log'],
    ['PUBLIC_URL', 'http://app.skole.example'],
    ['MAIL_HOST', ''],
  ])('refuses %s=%j, and does not repeat it', (name, value) => {
    const problems = problemsOf({ ...served, [name]: value });
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} `))]);
    if (value) expect(problems.join()).not.toContain(value);
  });

  it.each([
    ['DATABASE_URL', 'DATABASE_TLS', served.DATABASE_URL],
    ['REDIS_URL', 'REDIS_TLS', 'redis://redis.skole.example:6379'],
  ])('wants it said when %s goes over a network without TLS', (url, tls, value) => {
    const silent = { ...served, [url]: value, [tls]: '' };
    expect(problemsOf(silent)).toEqual([expect.stringContaining(`${tls}=off`)]);
    for (const said of ['off', 'require']) expect(problemsOf({ ...silent, [tls]: said })).toEqual([]);
    expect(problemsOf({ ...silent, [url]: value.replace(/\w+\.skole\.example/, '127.0.0.1') })).toEqual([]);
  });

  it.each([
    [{ TWILIO_AUTH_TOKEN: '' }, 'SMS_PROVIDER needs TWILIO_AUTH_TOKEN'],
    [
      { TWILIO_ACCOUNT_SID: '', TWILIO_AUTH_TOKEN: '', SMS_FROM_NUMBER: '' },
      'SMS_PROVIDER needs TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN and SMS_FROM_NUMBER or TWILIO_MESSAGING_SERVICE_SID',
    ],
    [
      { STRIPE_SECRET_KEY: '', STRIPE_WEBHOOK_SECRET: '' },
      'PAYMENT_PROVIDER needs STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET',
    ],
    [{ SMS_FROM_NUMBER: '' }, 'SMS_PROVIDER needs SMS_FROM_NUMBER or TWILIO_MESSAGING_SERVICE_SID'],
    [{ SMS_PROVIDER: 'gatewayapi' }, 'SMS_PROVIDER needs GATEWAYAPI_TOKEN'],
    [{ SMS_PROVIDER: 'http' }, 'SMS_PROVIDER needs SMS_HTTP_URL'],
    [{ MAIL_PROVIDER: 'sparkpost' }, 'MAIL_PROVIDER needs SPARKPOST_API_KEY'],
    [{ MAIL_PROVIDER: 'sendgrid' }, 'MAIL_PROVIDER needs SENDGRID_API_KEY'],
    [{ MAIL_PROVIDER: 'mailgun' }, 'MAIL_PROVIDER needs MAILGUN_API_KEY and MAILGUN_DOMAIN'],
    [{ MAIL_PROVIDER: 'mailtrap' }, 'MAIL_PROVIDER needs MAILTRAP_API_TOKEN'],
    [{ MAIL_PROVIDER: 'mailtrap-sandbox' }, 'MAIL_PROVIDER catches all mail: nobody would get any'],
  ])('asks for what the chosen sender needs: %j', (change, problem) => {
    expect(problemsOf({ ...served, ...change })).toEqual([problem]);
  });

  it('sends no text messages when that is meant', () => {
    expect(problemsOf({ ...served, SMS_PROVIDER: 'log', SMS_ENABLED: 'false' })).toEqual([]);
  });
});

describe('staging', () => {
  it('may use vendors’ test accounts and the sandbox, but no laptop’s secrets', () => {
    const staging = { ...served, APP_ENV: 'staging' };
    const sandbox = { STRIPE_SECRET_KEY: 'sk_test_1', STRIPE_API_URL: 'http://127.0.0.1:4100', SMS_PROVIDER: 'log' };
    expect(problemsOf({ ...staging, ...sandbox })).toEqual([]);
    expect(problemsOf({ ...staging, ENCRYPTION_KEY: 'a-key-for-laptops-and-tests-only-0' })).toHaveLength(1);
  });
});

describe('a secret in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  const file = join(folder, 'jwt');
  const { JWT_SECRET, ...withoutSecret } = served;
  writeFileSync(file, `${JWT_SECRET}\n`);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is read from there, without the line’s end', () => {
    const config = readConfig({ ...withoutSecret, JWT_SECRET_FILE: file }).get(AppConfig) as AppConfig;
    expect(config.jwtSecret).toBe(JWT_SECRET);
  });

  it('is as good as any: what is not safe is refused', () => {
    const weak = join(folder, 'weak');
    writeFileSync(weak, 'x'.repeat(64));
    expect(problemsOf({ ...withoutSecret, JWT_SECRET_FILE: weak })).toEqual([expect.stringContaining('not random')]);
  });

  it('is named when the file is not there, or when the variable is set as well', () => {
    const problems = problemsOf({ ...withoutSecret, JWT_SECRET_FILE: join(folder, 'none') });
    expect(problems.join()).toMatch(/JWT_SECRET cannot be read from the file that JWT_SECRET_FILE names \(ENOENT\)/);
    expect(problemsOf({ ...served, JWT_SECRET_FILE: file })).toContain(
      'JWT_SECRET and JWT_SECRET_FILE are both set: keep one',
    );
  });

  it('is for secrets alone', () => {
    expect(problemsOf({ ...served, PUBLIC_URL: '', PUBLIC_URL_FILE: file }).join()).toContain('PUBLIC_URL is missing');
  });
});
