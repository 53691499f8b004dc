import { type SandboxOptions, startSandbox } from './sandbox.js';

/** Reads the sandbox's settings from the environment; names as in the application's `.env`. */
function optionsFrom(env: NodeJS.ProcessEnv): SandboxOptions {
  return {
    port: Number(env['SANDBOX_PORT'] ?? 4100),
    smtpPort: Number(env['SANDBOX_SMTP_PORT'] ?? 4125),
    appUrl: env['APP_URL'] || env['PUBLIC_URL'] || 'http://127.0.0.1:3000',
    stripe: defined({ secretKey: env['STRIPE_SECRET_KEY'], webhookSecret: env['STRIPE_WEBHOOK_SECRET'] }),
    vipps: defined({
      clientId: env['VIPPS_CLIENT_ID'],
      clientSecret: env['VIPPS_CLIENT_SECRET'],
      webhookSecret: env['VIPPS_WEBHOOK_SECRET'],
    }),
    paypal: defined({
      clientId: env['PAYPAL_CLIENT_ID'],
      clientSecret: env['PAYPAL_CLIENT_SECRET'],
      webhookId: env['PAYPAL_WEBHOOK_ID'],
    }),
    twilio: defined({ accountSid: env['TWILIO_ACCOUNT_SID'], authToken: env['TWILIO_AUTH_TOKEN'] }),
    ...(env['MAIL_USERNAME']
      ? { mailLogin: { username: env['MAIL_USERNAME'], password: env['MAIL_PASSWORD'] ?? '' } }
      : {}),
    ...(env['VENDOR_SPECS'] ? { vendorSpecs: env['VENDOR_SPECS'] } : {}),
  };
}

/** Only what is set: an empty variable means the sandbox's own default. */
function defined(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1])));
}

const sandbox = await startSandbox(optionsFrom(process.env));
console.log(
  `Sandbox: ${sandbox.url} (mailbox ${sandbox.url}/mailbox, Stripe ${sandbox.url}/stripe, SMTP on port ${sandbox.smtpPort})`,
);
process.send?.({ ready: true, url: sandbox.url, smtpPort: sandbox.smtpPort });

const stop = (): void => {
  void sandbox.close().finally(() => process.exit(0));
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
process.once('disconnect', stop);
