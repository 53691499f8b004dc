import { Global, Module } from '@nestjs/common';
import { AccountingClients, AccountingModule, BooksFiles } from '../modules/accounting/index.js';
import {
  AdoptPayment,
  FinanceModule,
  type PaymentGateway,
  PaymentGateways,
  RecordPaymentOutcome,
  RecordRefundOutcome,
  RecordSavedMethod,
  RecordDispute,
  WhoseCharge,
} from '../modules/finance/index.js';
import { BillingModule, RecordBill, RecordSubscription, SubscriptionGateway } from '../modules/billing/index.js';
import { EducationModule, RecordTheoryReport, TheoryPlatform } from '../modules/education/index.js';
import { EmailSender, NotificationsModule, RecordDelivery, SmsSender } from '../modules/notifications/index.js';
import { PrivateCalendars, SchoolDirectories } from '../modules/schools/index.js';
import { configProvider } from '../platform/config/config.module.js';
import { FileStore } from '../platform/files/file-store.js';
import { VirusScanner } from '../platform/files/virus-scanner.js';
import { ProviderCalls } from '../platform/ports/provider-calls.js';
import { ProviderPaces } from '../platform/ports/provider-paces.js';
import { WebhookAdapters } from '../platform/webhooks/webhook-adapter.js';
import { accountingClients, accountingConfigs, AccountingSettings } from './accounting-clients.js';
import { SignedPosts } from '../platform/webhooks/signed-post.js';
import { ClamdScanner } from './clamd/clamd-scanner.js';
import { ClamdConfig } from './clamd/clamd.config.js';
import { Unscanned } from './clamd/unscanned.js';
import { DeliveryWebhooks } from './delivery-webhooks.js';
import { FindkoreskoleDirectory } from './findkoreskole/findkoreskole-directory.js';
import { FindkoreskoleConfig } from './findkoreskole/findkoreskole.config.js';
import { FindkoreskoleModule } from './findkoreskole/findkoreskole.module.js';
import { EteoriClient } from './e-teori/e-teori-client.js';
import { EteoriPlatform } from './e-teori/e-teori-platform.js';
import { EteoriWebhooks } from './e-teori/e-teori-webhooks.js';
import { EteoriConfig } from './e-teori/e-teori.config.js';
import { LocalFileStore } from './local-files/local-file-store.js';
import { LocalFilesConfig } from './local-files/local-files.config.js';
import { emailReports, emailSender, mailConfigs, MailSettings } from './email-senders.js';
import { PaymentWebhooks } from './payment-webhooks.js';
import { PaymentsConfig } from './payments.config.js';
import { PaypalClient } from './paypal/paypal-client.js';
import { PaypalPaymentGateway } from './paypal/paypal-payment-gateway.js';
import { PaypalConfig } from './paypal/paypal.config.js';
import { IcalCalendars } from './private-calendars/ical-calendars.js';
import { PrivateCalendarsConfig } from './private-calendars/private-calendars.config.js';
import { S3Config } from './s3/s3.config.js';
import { smsConfigs, smsReports, smsSender, SmsSettings } from './sms-senders.js';
import { StripeClient } from './stripe/stripe-client.js';
import { StripePaymentGateway } from './stripe/stripe-payment-gateway.js';
import { StripeSubscriptionGateway } from './stripe/stripe-subscription-gateway.js';
import { StripeConfig } from './stripe/stripe.config.js';
import { VippsClient } from './vipps-mobilepay/vipps-client.js';
import { VippsPaymentGateway } from './vipps-mobilepay/vipps-payment-gateway.js';
import { VippsConfig } from './vipps-mobilepay/vipps.config.js';

/** The only place where the modules' ports meet the outside systems that fill them. */
@Global()
@Module({
  imports: [AccountingModule, BillingModule, EducationModule, FinanceModule, FindkoreskoleModule, NotificationsModule],
  providers: [
    configProvider(PaymentsConfig),
    configProvider(StripeConfig),
    configProvider(VippsConfig),
    configProvider(PaypalConfig),
    StripeClient,
    { provide: SubscriptionGateway, useClass: StripeSubscriptionGateway },
    {
      provide: PaymentGateways,
      inject: [StripeConfig, StripeClient, VippsConfig, PaypalConfig, ProviderCalls, PaymentsConfig],
      useFactory: (
        stripe: StripeConfig,
        client: StripeClient,
        vipps: VippsConfig,
        paypal: PaypalConfig,
        calls: ProviderCalls,
        { provider }: PaymentsConfig,
      ) => {
        const bound: PaymentGateway[] = [];
        if (stripe.secretKey) bound.push(new StripePaymentGateway(client, stripe));
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
        AdoptPayment,
        WhoseCharge,
        RecordSubscription,
        RecordBill,
        RecordDelivery,
        MailSettings,
        SmsSettings,
        EteoriConfig,
        RecordTheoryReport,
        ProviderCalls,
      ],
      useFactory: (
        gateways: PaymentGateways,
        payments: RecordPaymentOutcome,
        refunds: RecordRefundOutcome,
        methods: RecordSavedMethod,
        disputes: RecordDispute,
        adopt: AdoptPayment,
        whose: WhoseCharge,
        subscriptions: RecordSubscription,
        bills: RecordBill,
        deliveries: RecordDelivery,
        mail: MailSettings,
        sms: SmsSettings,
        eteori: EteoriConfig,
        theory: RecordTheoryReport,
        calls: ProviderCalls,
      ) => {
        const record = { payments, refunds, methods, disputes, adopt, whose, subscriptions, bills };
        const reports = [...emailReports(mail), ...smsReports(sms, calls)];
        return new WebhookAdapters([
          ...gateways.all.map((gateway) => new PaymentWebhooks(gateway, record)),
          ...reports.map((each) => new DeliveryWebhooks(each, deliveries)),
          ...(eteori.apiKey ? [new EteoriWebhooks(eteori, theory)] : []),
        ]);
      },
    },
    ...accountingConfigs.map((config) => configProvider<object>(config)),
    AccountingSettings,
    {
      provide: AccountingClients,
      inject: [AccountingSettings, BooksFiles, ProviderCalls, ProviderPaces],
      useFactory: accountingClients,
    },
    configProvider(EteoriConfig),
    {
      provide: TheoryPlatform,
      inject: [EteoriConfig, ProviderCalls],
      useFactory: (config: EteoriConfig, calls: ProviderCalls) =>
        new EteoriPlatform(config, new EteoriClient(config, calls)),
    },
    configProvider(LocalFilesConfig),
    configProvider(S3Config),
    {
      provide: FileStore,
      inject: [S3Config, LocalFilesConfig, ProviderCalls],
      useFactory: async (s3: S3Config, local: LocalFilesConfig, calls: ProviderCalls) => {
        if (s3.store !== 's3') return new LocalFileStore(local);
        // With its SDK, which nobody else shall load.
        const { S3FileStore } = await import('./s3/s3-file-store.js');
        return new S3FileStore(s3, calls);
      },
    },
    configProvider(ClamdConfig),
    {
      provide: VirusScanner,
      inject: [ClamdConfig, ProviderCalls],
      useFactory: (config: ClamdConfig, calls: ProviderCalls) =>
        config.scanner === 'clamd' ? new ClamdScanner(config, calls) : new Unscanned(),
    },
    ...mailConfigs.map((config) => configProvider<object>(config)),
    MailSettings,
    { provide: EmailSender, inject: [MailSettings, ProviderCalls], useFactory: emailSender },
    configProvider(FindkoreskoleConfig),
    {
      provide: SchoolDirectories,
      inject: [FindkoreskoleConfig, SignedPosts],
      useFactory: ({ webhookUrl: url, webhookSecret: secret }: FindkoreskoleConfig, posts: SignedPosts) =>
        new SchoolDirectories(
          new Map(url && secret ? [['findkoreskole', new FindkoreskoleDirectory({ url, secret }, posts)]] : []),
        ),
    },
    configProvider(PrivateCalendarsConfig),
    { provide: PrivateCalendars, useClass: IcalCalendars },
    ...smsConfigs.map((config) => configProvider<object>(config)),
    SmsSettings,
    { provide: SmsSender, inject: [SmsSettings, ProviderCalls], useFactory: smsSender },
  ],
  exports: [
    PaymentGateways,
    SubscriptionGateway,
    WebhookAdapters,
    AccountingClients,
    FileStore,
    VirusScanner,
    EmailSender,
    SmsSender,
    PrivateCalendars,
    SchoolDirectories,
    TheoryPlatform,
  ],
})
export class IntegrationsModule {}
