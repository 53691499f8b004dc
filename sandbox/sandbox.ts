import { join } from 'node:path';
import { type Books, type BooksOptions, clearBooks, newBooks } from './books.js';
import { FindkoreskoleServer } from './findkoreskole/findkoreskole-server.js';
import { EteoriServer } from './e-teori/e-teori-server.js';
import { Faults } from './faults/faults.js';
import { type HttpParts, violationsOf } from './http/http-parts.js';
import { buildHttp } from './http/http-server.js';
import { clearMessengers, type Messengers, newMessengers, sendReportsTo } from './messengers.js';
import { MailServer } from './smtp/mail-server.js';
import { PaypalServer } from './paypal/paypal-server.js';
import { quickbooksDescription } from './quickbooks/quickbooks-description.js';
import { StripeServer } from './stripe/stripe-server.js';
import { ErrorTracker } from './sentry/error-tracker.js';
import { TwilioServer } from './twilio/twilio-server.js';
import { VippsServer } from './vipps/vipps-server.js';
import { xeroDescription } from './xero/xero-description.js';
import { WebhookReceiver } from './webhook-receiver/webhook-receiver.js';
import { VendorContract } from './vendor-specs/vendor-contract.js';

export interface SandboxOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  smtpPort?: number;
  host?: string;
  /** The sandbox's own address as people's browsers see it, when that differs. */
  publicUrl?: string;
  /** Where the application listens for webhooks; none are sent until it is known. */
  appUrl?: string;
  stripe?: {
    secretKey?: string;
    webhookSecret?: string;
    connectWebhookSecret?: string;
    webhookRetryDelaysMs?: readonly number[];
    refundSettlesAfterMs?: number;
  };
  vipps?: { clientId?: string; clientSecret?: string; webhookSecret?: string };
  paypal?: { clientId?: string; clientSecret?: string; webhookId?: string };
  eteori?: { webhookRetryDelaysMs?: readonly number[] };
  twilio?: { accountSid?: string; authToken?: string; deliveryStepMs?: number };
  books?: BooksOptions;
  mailLogin?: { username: string; password: string };
  /** The folder of the vendors' own OpenAPI files; nothing is validated without it. */
  vendorSpecs?: string;
}

/** The outside world, running. */
export interface Sandbox {
  /** The vendors' APIs, and the pages for people, under one address. */
  readonly url: string;
  readonly smtpPort: number;
  readonly stripe: StripeServer;
  readonly vipps: VippsServer;
  readonly paypal: PaypalServer;
  readonly twilio: TwilioServer;
  readonly eteori: EteoriServer;
  readonly mail: MailServer;
  readonly messengers: Messengers;
  readonly findkoreskole: FindkoreskoleServer;
  readonly books: Books;
  readonly receiver: WebhookReceiver;
  readonly errors: ErrorTracker;
  readonly faults: Faults;
  /** What broke a vendor's own OpenAPI description, oldest first. */
  readonly violations: readonly string[];
  /** Points the webhooks at an application that started later. */
  sendWebhooksTo(appUrl: string): void;
  /** Forgets everything that happened and every fault ordered. */
  reset(): void;
  close(): Promise<void>;
}

export const SANDBOX_CREDENTIALS = {
  stripeSecretKey: 'sk_test_sandbox',
  stripeWebhookSecret: 'whsec_sandbox',
  stripeConnectWebhookSecret: 'whsec_sandbox_connect',
  vippsClientId: 'sandbox',
  vippsClientSecret: 'sandbox',
  vippsWebhookSecret: 'sandbox',
  paypalClientId: 'sandbox',
  paypalClientSecret: 'sandbox',
  paypalWebhookId: 'sandbox',
  eteoriApiKey: 'sandbox',
  eteoriSigningSecret: 'sandbox-signing',
  eteoriWebhookSecret: 'sandbox-webhooks',
  twilioAccountSid: 'AC00000000000000000000000000000000',
  twilioAuthToken: 'sandbox',
  findkoreskoleWebhookSecret: 'whsec_c2FuZGJveC1zYW5kYm94LXNhbmRib3gtc2FuZGJveCE=',
  sentryPublicKey: 'sandbox',
  xeroClientId: 'sandbox',
  xeroClientSecret: 'sandbox',
} as const;

/** Our own contracts, beside the code. */
const PARTNERS = 'docs/partners';

const RETRY_DELAYS_MS = [200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000];

/** Starts the outside world; both servers listen when this resolves. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const host = options.host ?? '127.0.0.1';
  const faults = new Faults();
  const contracts = contractsOf(options.vendorSpecs);
  const mail = new MailServer({ host, port: options.smtpPort ?? 0, login: options.mailLogin }, faults);
  const twilio = new TwilioServer({
    accountSid: options.twilio?.accountSid ?? SANDBOX_CREDENTIALS.twilioAccountSid,
    authToken: options.twilio?.authToken ?? SANDBOX_CREDENTIALS.twilioAuthToken,
    deliveryStepMs: options.twilio?.deliveryStepMs ?? 300,
  });
  let url = '';
  const stripe = newStripe(options, faults, contracts?.stripe, (path) => `${options.publicUrl ?? url}${path}`);
  const vipps = newVipps(options, faults, (reference) => `${options.publicUrl ?? url}/vipps/${reference}`);
  const paypal = newPaypal(options, faults, (orderId) => `${options.publicUrl ?? url}/paypal/${orderId}`);
  const webhookSecret = SANDBOX_CREDENTIALS.findkoreskoleWebhookSecret;
  const findkoreskole = new FindkoreskoleServer({ webhookSecret });
  const eteori = newEteori(options, faults, (reference) => `${options.publicUrl ?? url}/e-teori/${reference}`);
  const messengers = newMessengers(mail.mailbox);
  const books = newBooks(options.books);
  const firstUrl = options.appUrl;
  if (firstUrl) sendReportsTo(messengers, (provider) => webhookUrl(firstUrl, provider));
  const receiver = new WebhookReceiver();
  const errors = new ErrorTracker(SANDBOX_CREDENTIALS.sentryPublicKey);
  let application = firstUrl ?? '';
  const appUrl = () => application;
  const parts: HttpParts = {
    stripe,
    vipps,
    paypal,
    twilio,
    eteori,
    mail,
    messengers,
    findkoreskole,
    appUrl,
    books,
    receiver,
    errors,
    faults,
    contracts,
  };
  const http = buildHttp(parts);
  url = await http.listen({ host, port: options.port ?? 0 });
  const smtpPort = await mail.listen();

  return {
    url,
    smtpPort,
    stripe,
    vipps,
    paypal,
    twilio,
    eteori,
    mail,
    messengers,
    findkoreskole,
    books,
    receiver,
    errors,
    faults,
    get violations() {
      return violationsOf(parts);
    },
    sendWebhooksTo(laterUrl) {
      application = laterUrl;
      stripe.webhooks.sendTo(webhookUrl(laterUrl, 'stripe'));
      vipps.webhooks.sendTo(webhookUrl(laterUrl, 'vipps'));
      paypal.webhooks.sendTo(webhookUrl(laterUrl, 'paypal'));
      eteori.webhooks.sendTo(webhookUrl(laterUrl, 'e-teori'));
      sendReportsTo(messengers, (provider) => webhookUrl(laterUrl, provider));
    },
    reset() {
      stripe.clear();
      vipps.clear();
      paypal.clear();
      twilio.clear();
      eteori.clear();
      mail.mailbox.clear();
      clearMessengers(messengers);
      findkoreskole.clear();
      clearBooks(books);
      receiver.clear();
      errors.clear();
      faults.clear();
    },
    async close() {
      stripe.close();
      vipps.webhooks.clear();
      paypal.webhooks.clear();
      eteori.webhooks.clear();
      twilio.close();
      await Promise.all([http.close(), mail.close()]);
    },
  };
}

function newStripe(
  { stripe, appUrl }: SandboxOptions,
  faults: Faults,
  contract: VendorContract | undefined,
  pageUrl: (path: string) => string,
): StripeServer {
  const webhooks = {
    url: appUrl ? webhookUrl(appUrl, 'stripe') : null,
    secret: stripe?.webhookSecret ?? SANDBOX_CREDENTIALS.stripeWebhookSecret,
    connectSecret: stripe?.connectWebhookSecret ?? SANDBOX_CREDENTIALS.stripeConnectWebhookSecret,
    retryDelaysMs: stripe?.webhookRetryDelaysMs ?? RETRY_DELAYS_MS,
  };
  const secretKey = stripe?.secretKey ?? SANDBOX_CREDENTIALS.stripeSecretKey;
  const refundSettlesAfterMs = stripe?.refundSettlesAfterMs ?? 2_000;
  return new StripeServer({ secretKey, webhooks, pageUrl, refundSettlesAfterMs }, faults, contract);
}

function newVipps(
  { vipps, appUrl }: SandboxOptions,
  faults: Faults,
  landingPageUrl: (reference: string) => string,
): VippsServer {
  const options = {
    clientId: vipps?.clientId ?? SANDBOX_CREDENTIALS.vippsClientId,
    clientSecret: vipps?.clientSecret ?? SANDBOX_CREDENTIALS.vippsClientSecret,
    webhookSecret: vipps?.webhookSecret ?? SANDBOX_CREDENTIALS.vippsWebhookSecret,
    webhooks: { url: appUrl ? webhookUrl(appUrl, 'vipps') : null, retryDelaysMs: RETRY_DELAYS_MS },
    landingPageUrl,
  };
  return new VippsServer(options, faults);
}

function newPaypal(
  { paypal, appUrl }: SandboxOptions,
  faults: Faults,
  approvalUrl: (orderId: string) => string,
): PaypalServer {
  const options = {
    clientId: paypal?.clientId ?? SANDBOX_CREDENTIALS.paypalClientId,
    clientSecret: paypal?.clientSecret ?? SANDBOX_CREDENTIALS.paypalClientSecret,
    webhookId: paypal?.webhookId ?? SANDBOX_CREDENTIALS.paypalWebhookId,
    webhooks: { url: appUrl ? webhookUrl(appUrl, 'paypal') : null, retryDelaysMs: RETRY_DELAYS_MS },
    approvalUrl,
  };
  return new PaypalServer(options, faults);
}

function newEteori(
  { eteori, appUrl }: SandboxOptions,
  faults: Faults,
  pageUrl: (reference: string) => string,
): EteoriServer {
  const options = {
    apiKey: SANDBOX_CREDENTIALS.eteoriApiKey,
    signingSecret: SANDBOX_CREDENTIALS.eteoriSigningSecret,
    webhookSecret: SANDBOX_CREDENTIALS.eteoriWebhookSecret,
    webhooks: {
      url: appUrl ? webhookUrl(appUrl, 'e-teori') : null,
      retryDelaysMs: eteori?.webhookRetryDelaysMs ?? RETRY_DELAYS_MS,
    },
    pageUrl,
  };
  return new EteoriServer(options, faults, new VendorContract(PARTNERS, 'e-teori.openapi'));
}

function contractsOf(folder: string | undefined): HttpParts['contracts'] {
  if (!folder) return undefined;
  const quickbooksXsd = join(folder, 'quickbooks-xsd');
  return {
    stripe: new VendorContract(folder, 'stripe'),
    vipps: new VendorContract(folder, 'vipps-epayment'),
    twilio: new VendorContract(folder, 'twilio'),
    paypalOrders: new VendorContract(folder, 'paypal-orders-v2'),
    paypalPayments: new VendorContract(folder, 'paypal-payments-v2'),
    paypalWebhooks: new VendorContract(folder, 'paypal-webhooks-v1'),
    gatewayapi: new VendorContract(folder, 'gatewayapi'),
    sparkpost: new VendorContract(folder, 'sparkpost'),
    sendgrid: new VendorContract(folder, 'sendgrid'),
    mailgun: new VendorContract(folder, 'mailgun'),
    mailtrap: new VendorContract(folder, 'mailtrap-send'),
    economic: new VendorContract(folder, 'economic', '/e-conomic'),
    xero: new VendorContract(() => xeroDescription(folder), 'xero-accounting', '/api.xro/2.0'),
    xeroIdentity: new VendorContract(folder, 'xero-identity'),
    quickbooks: new VendorContract(() => quickbooksDescription(quickbooksXsd), 'quickbooks', '/quickbooks'),
  };
}

function webhookUrl(appUrl: string, provider: string): string {
  return `${appUrl.replace(/\/$/, '')}/webhooks/${provider}`;
}
