import { AggregatorServer } from './aggregator/aggregator-server.js';
import { GatewayapiServer } from './gatewayapi/gatewayapi-server.js';
import { MailgunServer } from './mailgun/mailgun-server.js';
import { MailtrapServer } from './mailtrap/mailtrap-server.js';
import { SendgridServer } from './sendgrid/sendgrid-server.js';
import { SparkpostServer } from './sparkpost/sparkpost-server.js';
import type { Mailbox } from './smtp/mailbox.js';

/** The word that stands for every secret of these. */
const SECRET = 'sandbox';

/** Those who carry e-mail and text messages over HTTP, Twilio apart. */
export interface Messengers {
  readonly gatewayapi: GatewayapiServer;
  readonly aggregator: AggregatorServer;
  readonly sparkpost: SparkpostServer;
  readonly sendgrid: SendgridServer;
  readonly mailgun: MailgunServer;
  readonly mailtrap: MailtrapServer;
}

/** Where each posts its webhooks, below the application's /webhooks. */
const WEBHOOKS = {
  gatewayapi: 'gatewayapi',
  aggregator: 'http-sms',
  sparkpost: 'sparkpost',
  sendgrid: 'sendgrid',
  mailgun: 'mailgun',
  mailtrap: 'mailtrap',
} as const;

export function newMessengers(mailbox: Mailbox): Messengers {
  return {
    gatewayapi: new GatewayapiServer({ token: SECRET, webhookSecret: SECRET }),
    aggregator: new AggregatorServer({ token: SECRET, callbackSecret: SECRET }),
    sparkpost: new SparkpostServer({ apiKey: SECRET, webhookLogin: { username: SECRET, password: SECRET } }, mailbox),
    sendgrid: new SendgridServer({ apiKey: SECRET }, mailbox),
    mailgun: new MailgunServer({ apiKey: SECRET, domain: 'just-driving.example', signingKey: SECRET }, mailbox),
    mailtrap: new MailtrapServer({ token: SECRET, signingKey: SECRET }, mailbox),
  };
}

/** @param webhookUrl the address of a provider's webhooks */
export function sendReportsTo(messengers: Messengers, webhookUrl: (provider: string) => string): void {
  for (const [name, provider] of Object.entries(WEBHOOKS)) {
    messengers[name as keyof Messengers].webhooks.sendTo(webhookUrl(provider));
  }
}

export function clearMessengers({ gatewayapi, aggregator, mailgun, sparkpost, sendgrid, mailtrap }: Messengers): void {
  for (const each of [gatewayapi, aggregator, mailgun]) each.clear();
  for (const { webhooks, suppressions } of [sparkpost, sendgrid, mailtrap]) {
    webhooks.clear();
    suppressions.clear();
  }
}
