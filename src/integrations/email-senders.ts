import { Injectable } from '@nestjs/common';
import type { DeliveryReports, EmailSender } from '../modules/notifications/index.js';
import { AppConfig } from '../platform/config/app.config.js';
import type { ProviderCalls } from '../platform/ports/provider-calls.js';
import { MailgunEmailSender } from './mailgun/mailgun-email-sender.js';
import { MailgunReports } from './mailgun/mailgun-reports.js';
import { MailgunConfig, mailgunUrl } from './mailgun/mailgun.config.js';
import { MailtrapEmailSender } from './mailtrap/mailtrap-email-sender.js';
import { MailtrapReports } from './mailtrap/mailtrap-reports.js';
import { MailtrapConfig, mailtrapUrl } from './mailtrap/mailtrap.config.js';
import { needsContaining } from './reaching-people.js';
import { SendgridEmailSender } from './sendgrid/sendgrid-email-sender.js';
import { SendgridReports } from './sendgrid/sendgrid-reports.js';
import { SendgridConfig, sendgridUrl } from './sendgrid/sendgrid.config.js';
import { SmtpEmailSender } from './smtp/smtp-email-sender.js';
import type { SmtpServer } from './smtp/smtp-transport.js';
import { SparkpostEmailSender } from './sparkpost/sparkpost-email-sender.js';
import { SparkpostReports } from './sparkpost/sparkpost-reports.js';
import { SparkpostConfig, sparkpostUrl } from './sparkpost/sparkpost.config.js';
import { ContainedEmailSender } from './contained-email-sender.js';
import { MailConfig } from './mail.config.js';

export const mailConfigs = [MailConfig, SparkpostConfig, SendgridConfig, MailgunConfig, MailtrapConfig];

@Injectable()
export class MailSettings {
  constructor(
    readonly app: AppConfig,
    readonly mail: MailConfig,
    readonly sparkpost: SparkpostConfig,
    readonly sendgrid: SendgridConfig,
    readonly mailgun: MailgunConfig,
    readonly mailtrap: MailtrapConfig,
  ) {}
}

/** The configured sender; outside production it reaches one address of ours, or nobody. */
export function emailSender(settings: MailSettings, calls: ProviderCalls): EmailSender {
  const { app, mail, sparkpost, sendgrid, mailgun, mailtrap } = settings;
  const guarded = (sender: EmailSender, address: string) =>
    needsContaining(app, address) ? new ContainedEmailSender(sender, mail.redirectTo) : sender;
  switch (mail.provider) {
    case 'mailtrap-sandbox':
      return new SmtpEmailSender(mailtrapInbox(mail), calls, app);
    case 'sparkpost':
      return guarded(new SparkpostEmailSender(sparkpost, mail, calls), sparkpostUrl(sparkpost));
    case 'sendgrid':
      return guarded(new SendgridEmailSender(sendgrid, mail, calls), sendgridUrl(sendgrid));
    case 'mailgun':
      return guarded(new MailgunEmailSender(mailgun, mail, calls), mailgunUrl(mailgun));
    case 'mailtrap':
      return guarded(new MailtrapEmailSender(mailtrap, mail, calls), mailtrapUrl(mailtrap));
    default:
      return guarded(new SmtpEmailSender(mail, calls, app), `smtp://${mail.host}:${mail.port}`);
  }
}

/** Mailtrap's inbox that takes every mail and hands none on. */
export function mailtrapInbox({ username, password, fromAddress, fromName }: MailConfig): SmtpServer {
  return { host: 'sandbox.smtp.mailtrap.io', port: 2525, username, password, fromAddress, fromName };
}

/** Of every provider, for reports may come long after another one was chosen. */
export function emailReports({ sparkpost, sendgrid, mailgun, mailtrap }: MailSettings): DeliveryReports[] {
  return [
    new SparkpostReports(sparkpost),
    new SendgridReports(sendgrid),
    new MailgunReports(mailgun),
    new MailtrapReports(mailtrap),
  ];
}
