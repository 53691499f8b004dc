import { join } from 'node:path';
import { local } from '../bootstrap/paths.mjs';

const sandboxCredentials = {
  STRIPE_SECRET_KEY: 'sk_test_sandbox',
  STRIPE_WEBHOOK_SECRET: 'whsec_sandbox',
  TWILIO_ACCOUNT_SID: 'AC00000000000000000000000000000000',
  TWILIO_AUTH_TOKEN: 'sandbox',
  FINDKORESKOLE_WEBHOOK_SECRET: 'whsec_c2FuZGJveC1zYW5kYm94LXNhbmRib3gtc2FuZGJveCE=',
  GATEWAYAPI_TOKEN: 'sandbox',
  GATEWAYAPI_WEBHOOK_SECRET: 'sandbox',
  SPARKPOST_API_KEY: 'sandbox',
  SPARKPOST_WEBHOOK_USERNAME: 'sandbox',
  SPARKPOST_WEBHOOK_PASSWORD: 'sandbox',
  SENDGRID_API_KEY: 'sandbox',
  SENDGRID_WEBHOOK_PUBLIC_KEY:
    'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaKXjJaJgdEzGd9YmzsjB5ALTRSIOKJpR4pSKn/Mengg483cYAEQSnKdD7PmqI4uXqAjHRZ3nsAEYdioyuzOyFQ==',
  MAILGUN_API_KEY: 'sandbox',
  MAILGUN_DOMAIN: 'just-driving.example',
  MAILGUN_WEBHOOK_SIGNING_KEY: 'sandbox',
  MAILTRAP_API_TOKEN: 'sandbox',
  MAILTRAP_WEBHOOK_SECRET: 'sandbox',
  XERO_CLIENT_ID: 'sandbox',
  XERO_CLIENT_SECRET: 'sandbox',
  ECONOMIC_APP_SECRET_TOKEN: 'sandbox',
  QUICKBOOKS_CLIENT_ID: 'sandbox',
  QUICKBOOKS_CLIENT_SECRET: 'sandbox',
  ETEORI_API_KEY: 'sandbox',
  ETEORI_SIGNING_SECRET: 'sandbox-signing',
  ETEORI_WEBHOOK_SECRET: 'sandbox-webhooks',
};

// By what tells a real account from the sandbox's.
const vendors = {
  STRIPE: 'STRIPE_SECRET_KEY',
  TWILIO: 'TWILIO_AUTH_TOKEN',
  GATEWAYAPI: 'GATEWAYAPI_TOKEN',
  SPARKPOST: 'SPARKPOST_API_KEY',
  SENDGRID: 'SENDGRID_API_KEY',
  MAILGUN: 'MAILGUN_API_KEY',
  MAILTRAP: 'MAILTRAP_API_TOKEN',
  XERO: 'XERO_CLIENT_ID',
  ECONOMIC: 'ECONOMIC_APP_SECRET_TOKEN',
  QUICKBOOKS: 'QUICKBOOKS_CLIENT_ID',
  ETEORI: 'ETEORI_API_KEY',
};

// Where the sandbox plays it, when not at its root.
const paths = { ECONOMIC: '/e-conomic', QUICKBOOKS: '/quickbooks' };

/** Whether this start is a developer's: only then are demo data, sandbox and local defaults right. */
export function isLocal(settings) {
  return !['production', 'staging'].includes(settings.APP_ENV);
}

export function wantsSandbox(settings) {
  return isLocal(settings) && !/^(off|false|no|0)$/i.test(settings.SANDBOX ?? '');
}

/**
 * The application's environment: the reader's settings, and for a laptop without an .env a default for the rest.
 * @param addresses { publicUrl, port, sandboxPort?, smtpPort?, databaseUrl, redisUrl }
 */
export function applicationEnvironment(settings, addresses, secrets) {
  const found = { DATABASE_URL: addresses.databaseUrl, REDIS_URL: addresses.redisUrl, PORT: String(addresses.port) };
  if (!isLocal(settings)) return { ...settings, ...found };
  return {
    ...withoutFiled(localDefaults(addresses, secrets), settings),
    ...settings,
    ...(addresses.sandboxPort ? sandboxAddresses(settings, addresses) : {}),
    ...found,
  };
}

// A secret that comes from a file needs no other beside it.
function withoutFiled(defaults, settings) {
  return Object.fromEntries(Object.entries(defaults).filter(([name]) => !settings[`${name}_FILE`]));
}

function localDefaults({ publicUrl }, { jwtSecret, encryptionKey }) {
  return {
    APP_ENV: 'local',
    APP_ROLE: 'all',
    HOST: '127.0.0.1',
    PUBLIC_URL: publicUrl,
    LOG_LEVEL: 'info',
    JWT_SECRET: jwtSecret,
    ENCRYPTION_KEY: encryptionKey,
    SMS_ENABLED: 'true',
    SMS_FROM_NUMBER: '+4552512345',
    MAIL_FROM_ADDRESS: 'no-reply@justdriving.example',
    MAIL_FROM_NAME: 'Just Driving',
    ACCOUNTING_EXPORT_DIR: join(local, 'accounting'),
  };
}

// A vendor whose real credentials the reader has set stays the real one; the others are played by the sandbox.
function sandboxAddresses(settings, { sandboxPort, smtpPort }) {
  const url = `http://127.0.0.1:${sandboxPort}`;
  const isReal = (name) =>
    settings[`${name}_FILE`] !== undefined || (settings[name] ?? sandboxCredentials[name]) !== sandboxCredentials[name];
  const chosen = { SANDBOX_URL: url, SANDBOX_PORT: String(sandboxPort), SANDBOX_SMTP_PORT: String(smtpPort) };
  chosen.WEBHOOK_LOCAL_HOSTS = settings.WEBHOOK_LOCAL_HOSTS ?? new URL(url).host;
  if (!isReal('FINDKORESKOLE_WEBHOOK_SECRET'))
    Object.assign(chosen, credentialsOf('FINDKORESKOLE'), { FINDKORESKOLE_WEBHOOK_URL: `${url}/findkoreskole/hooks` });
  for (const [vendor, key] of Object.entries(vendors)) {
    if (!isReal(key))
      Object.assign(chosen, credentialsOf(vendor), { [`${vendor}_API_URL`]: url + (paths[vendor] ?? '') });
  }
  if (!settings.MAIL_HOST)
    Object.assign(chosen, {
      MAIL_PROVIDER: settings.MAIL_PROVIDER ?? 'smtp',
      MAIL_HOST: '127.0.0.1',
      MAIL_PORT: String(smtpPort),
    });
  return chosen;
}

function credentialsOf(vendor) {
  return Object.fromEntries(Object.entries(sandboxCredentials).filter(([name]) => name.startsWith(vendor)));
}
