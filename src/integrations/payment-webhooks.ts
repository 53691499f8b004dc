import { Logger } from '@nestjs/common';
import type { RecordBill, RecordSubscription } from '../modules/billing/index.js';
import {
  AdoptPayment,
  type GatewayNews,
  type PaymentGateway,
  PaymentNotFound,
  RecordPaymentOutcome,
  RecordRefundOutcome,
  RecordSavedMethod,
  SavedMethodNotFound,
  type DisputeNews,
  RecordDispute,
  WhoseCharge,
} from '../modules/finance/index.js';
import { inSchool } from '../platform/tenancy/tenancy.js';
import type { Id } from '../platform/values/id.js';
import { type AcceptedWebhook, WebhookAdapter, type WebhookRequest } from '../platform/webhooks/webhook-adapter.js';

/** Who writes down what a gateway tells. */
export interface NewsRecorders {
  readonly payments: RecordPaymentOutcome;
  readonly refunds: RecordRefundOutcome;
  readonly methods: RecordSavedMethod;
  readonly disputes: RecordDispute;
  readonly adopt: AdoptPayment;
  readonly whose: WhoseCharge;
  readonly subscriptions: RecordSubscription;
  readonly bills: RecordBill;
}

type Result = 'processed' | 'ignored';

/** What one gateway tells us by webhook, in whatever words. */
export class PaymentWebhooks extends WebhookAdapter {
  private readonly logger = new Logger(PaymentWebhooks.name);

  constructor(
    private readonly gateway: PaymentGateway,
    private readonly record: NewsRecorders,
  ) {
    super();
  }

  get provider(): string {
    return this.gateway.provider;
  }

  accept(request: WebhookRequest): AcceptedWebhook | Promise<AcceptedWebhook> {
    return this.gateway.acceptWebhook(request);
  }

  async process(body: string): Promise<Result> {
    const news = await this.gateway.parseWebhook(body);
    try {
      return await this.act(news);
    } catch (error) {
      // What names nothing of ours was made by somebody else with the same account.
      if (error instanceof PaymentNotFound || error instanceof SavedMethodNotFound) return 'ignored';
      throw error;
    }
  }

  private act(news: GatewayNews): Promise<Result> {
    const { provider } = this;
    switch (news.about) {
      case 'payment':
        return within(news.schoolId, () =>
          this.record.payments.told(news.paymentId, { provider, account: news.account }, news.status),
        );
      case 'refund':
        return within(news.schoolId, () =>
          this.record.refunds.told(news.refundId, { provider, account: news.account }, news.status),
        );
      case 'method':
        return within(news.schoolId, () =>
          this.record.methods.told(news.methodId, { provider, account: news.account }, news.status),
        );
      case 'dispute':
        return this.dispute(news);
      case 'subscription':
        return asKnown(this.record.subscriptions.told(provider, news.ref));
      case 'bill':
        return asKnown(this.record.bills.told(provider, news.ref));
      default:
        this.logger.debug({ provider, about: news.about }, 'a webhook that nobody needs');
        return Promise.resolve('ignored');
    }
  }

  /** The gateway names the money, and not the school. */
  private async dispute(news: DisputeNews): Promise<Result> {
    const known = await this.record.whose.school(this.provider, news.account, news.chargeRef);
    const schoolId = known ?? (await this.caughtUp(news));
    if (!schoolId) return 'ignored';
    return within(schoolId, () => this.record.disputes.execute(this.provider, news));
  }

  /** A dispute may be told before the payment it is about: then that is asked for first. @returns the school, if it is one of ours */
  private async caughtUp({ chargeRef, account }: DisputeNews): Promise<Id | null> {
    const { whose, adopt } = this.record;
    const named = await this.gateway.nameOf({ ref: chargeRef, account });
    if (named.outcome === 'unknown') throw new Error(`${this.provider} could not say whose it is: ${named.reason}`);
    if (named.outcome === 'rejected' || !(await whose.isSchool(named.status.schoolId))) return null;
    const { schoolId, paymentId } = named.status;
    await inSchool(schoolId, () => adopt.execute(paymentId, chargeRef));
    return schoolId;
  }
}

async function within(schoolId: Id, work: () => Promise<void>): Promise<Result> {
  await inSchool(schoolId, work);
  return 'processed';
}

async function asKnown(told: Promise<boolean>): Promise<Result> {
  return (await told) ? 'processed' : 'ignored';
}
