import { Injectable, Logger } from '@nestjs/common';
import { Schedule } from '../../../platform/schedules/schedule.js';
import type { Bill } from '../ports/bill.js';
import { SubscriptionGateway } from '../ports/subscription-gateway.js';
import { BillingTerms } from '../queries/billing-terms.js';
import { KnownBills } from '../queries/known-bills.js';
import { Subscribers } from '../queries/subscribers.js';
import { RecordBill } from '../use-cases/record-bill.js';
import { RecordSubscription } from '../use-cases/record-subscription.js';

const day = 86_400_000;
const atOnce = 500;
/** Bills are paid or given up within weeks of being made. */
const billsSinceMs = 45 * day;

/** Reads once an hour what a message should have told: how subscriptions stand, and bills that we know nothing of, or too little. */
@Injectable()
export class ReadGateway {
  private readonly logger = new Logger(ReadGateway.name);

  constructor(
    private readonly gateway: SubscriptionGateway,
    private readonly terms: BillingTerms,
    private readonly subscribers: Subscribers,
    private readonly known: KnownBills,
    private readonly subscriptions: RecordSubscription,
    private readonly bills: RecordBill,
  ) {}

  @Schedule('billing.read-gateway', { every: { minutes: 60 } })
  async run(now: Date): Promise<void> {
    if (!(await this.terms.read()).sellerId) return;
    const { provider } = this.gateway;
    const since = new Date(now.getTime() - day);
    for (const { ref } of await this.subscribers.toLookAt(now, since, atOnce))
      await this.attempt(ref, () => this.subscriptions.told(provider, ref));
    for await (const bill of this.listed(new Date(now.getTime() - billsSinceMs)))
      if (!(await this.known.isAsKnown(provider, bill)))
        await this.attempt(bill.ref, () => this.bills.told(provider, bill.ref));
  }

  private async *listed(since: Date): AsyncGenerator<Bill> {
    for (let after: string | null = null; ;) {
      const answer = await this.gateway.listBills({ since, after });
      if (answer.outcome !== 'accepted') throw new Error(`the gateway’s bills cannot be read: ${answer.reason}`);
      const { bills, hasMore }: { bills: readonly Bill[]; hasMore: boolean } = answer.status;
      yield* bills;
      after = bills.at(-1)?.ref ?? null;
      if (!hasMore || !after) return;
    }
  }

  /** One that fails does not keep the others from their turn. */
  private async attempt(ref: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.error({ err: error, ref }, 'a subscription or bill was not read');
    }
  }
}
