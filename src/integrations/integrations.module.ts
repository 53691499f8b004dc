import { Global, Module } from '@nestjs/common';
import {
  AccountingClient,
  FinanceModule,
  type PaymentGateway,
  PaymentGateways,
  RecordPaymentOutcome,
  RecordRefundOutcome,
  RecordSavedMethod,
  RecordDispute,
  WhoseCharge,
} from '../modules/finance/index.js';
import { EmailSender, SmsSender } from '../modules/notifications/index.js';
import { PrivateCalendars } from '../modules/schools/index.js';
import { configProvider } from '../platform/config/config.module.js';
import { FileStore } from '../platform/files/file-store.js';
import { VirusScanner } from '../platform/files/virus-scanner.js';
import { ProviderCalls } from '../platform/ports/provider-calls.js';
import { WebhookAdapters } from '../platform/webhooks/webhook-adapter.js';
import { ClamdScanner } from './clamd/clamd-scanner.js';
import { ClamdConfig } from './clamd/clamd.config.js';
import { Unscanned } from './clamd/unscanned.js';
import { CsvAccountingClient } from './csv-accounting/csv-accounting-client.js';
import { CsvAccountingConfig } from './csv-accounting/csv-accounting.config.js';
import { LocalFileStore } from './local-files/local-file-store.js';
import { LocalFilesConfig } from './local-files/local-files.config.js';
import { LogSmsSender } from './log/log-sms-sender.js';
import { PaymentWebhooks } from './payment-webhooks.js';
import { PaymentsConfig } from './payments.config.js';
import { PaypalClient } from './paypal/paypal-client.js';
import { PaypalPaymentGateway } from './paypal/paypal-payment-gateway.js';
import { PaypalConfig } from './paypal/paypal.config.js';
import { IcalCalendars } from './private-calendars/ical-calendars.js';
import { PrivateCalendarsConfig } from './private-calendars/private-calendars.config.js';
import { S3FileStore } from './s3/s3-file-store.js';
import { S3Config } from './s3/s3.config.js';
import { SmtpEmailSender } from './smtp/smtp-email-sender.js';
import { SmtpConfig } from './smtp/smtp.config.js';
import { StripeClient } from './stripe/stripe-client.js';
import { StripePaymentGateway } from './stripe/stripe-payment-gateway.js';
import { StripeConfig } from './stripe/stripe.config.js';
import { TwilioSmsSender } from './twilio/twilio-sms-sender.js';
import { TwilioConfig } from './twilio/twilio.config.js';
import { VippsClient } from './vipps-mobilepay/vipps-client.js';
import { VippsPaymentGateway } from './vipps-mobilepay/vipps-payment-gateway.js';
import { VippsConfig } from './vipps-mobilepay/vipps.config.js';

/** The only place where the modules' ports meet the outside systems that fill them. */
@Global()
@Module({
  imports: [FinanceModule],
  providers: [
    configProvider(PaymentsConfig),
    configProvider(StripeConfig),
    configProvider(VippsConfig),
    configProvider(PaypalConfig),
    StripeClient,
    StripePaymentGateway,
    {
      provide: PaymentGateways,
      inject: [StripePaymentGateway, VippsConfig, PaypalConfig, ProviderCalls, PaymentsConfig],
      useFactory: (
        stripe: StripePaymentGateway,
        vipps: VippsConfig,
        paypal: PaypalConfig,
        calls: ProviderCalls,
        { provider }: PaymentsConfig,
      ) => {
        const bound: PaymentGateway[] = [stripe];
        if (vipps.clientId) bound.push(new VippsPaymentGateway(new VippsClient(vipps, calls), vipps));
        if (paypal.clientId) bound.push(new PaypalPaymentGateway(new PaypalClient(paypal, calls), paypal));
        return new PaymentGateways(bound, provider);
      },
    },
    {
      provide: WebhookAdapters,
      inject: [
        PaymentGateways,
        RecordPaymentOutcome,
        RecordRefundOutcome,
        RecordSavedMethod,
        RecordDispute,
        WhoseCharge,
      ],
      useFactory: (
        gateways: PaymentGateways,
        payments: RecordPaymentOutcome,
        refunds: RecordRefundOutcome,
        methods: RecordSavedMethod,
        disputes: RecordDispute,
        whose: WhoseCharge,
      ) =>
        new WebhookAdapters(
          gateways.all.map((gateway) => new PaymentWebhooks(gateway, { payments, refunds, methods, disputes, whose })),
        ),
    },
    configProvider(CsvAccountingConfig),
    { provide: AccountingClient, useClass: CsvAccountingClient },
    configProvider(LocalFilesConfig),
    configProvider(S3Config),
    {
      provide: FileStore,
      inject: [S3Config, LocalFilesConfig, ProviderCalls],
      useFactory: (s3: S3Config, local: LocalFilesConfig, calls: ProviderCalls) =>
        s3.store === 's3' ? new S3FileStore(s3, calls) : new LocalFileStore(local),
    },
    configProvider(ClamdConfig),
    {
      provide: VirusScanner,
      inject: [ClamdConfig, ProviderCalls],
      useFactory: (config: ClamdConfig, calls: ProviderCalls) =>
        config.scanner === 'clamd' ? new ClamdScanner(config, calls) : new Unscanned(),
    },
    configProvider(SmtpConfig),
    { provide: EmailSender, useClass: SmtpEmailSender },
    configProvider(PrivateCalendarsConfig),
    { provide: PrivateCalendars, useClass: IcalCalendars },
    configProvider(TwilioConfig),
    {
      provide: SmsSender,
      inject: [TwilioConfig, ProviderCalls],
      useFactory: (config: TwilioConfig, calls: ProviderCalls) =>
        config.provider === 'twilio' ? new TwilioSmsSender(config, calls) : new LogSmsSender(),
    },
  ],
  exports: [
    PaymentGateways,
    WebhookAdapters,
    AccountingClient,
    FileStore,
    VirusScanner,
    EmailSender,
    SmsSender,
    PrivateCalendars,
  ],
})
export class IntegrationsModule {}
