import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable, Logger } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, globalQuery, lockedAsItIs, schoolQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { currentSchool, inSchool } from '../../../platform/tenancy/tenancy.js';
import { newId, type Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { CreditInvoice, GatewayUnclear, IssueInvoice, RecordCollection } from '../../finance/index.js';
import type { BillingTables } from '../billing.tables.js';
import { billLine } from '../domain/bill-line.js';
import { BillingPlan } from '../domain/plan.js';
import { SubscriptionBill } from '../domain/subscription-bill.js';
import { type Bill, SubscriptionGateway } from '../ports/subscription-gateway.js';
import { BillingTerms } from '../queries/billing-terms.js';
import { KnownBills } from '../queries/known-bills.js';
import { Subscribers } from '../queries/subscribers.js';
import { CreditGivenBack } from './credit-given-back.js';
import { CustomerOfSeller } from './customer-of-seller.js';
import { RecordSubscription } from './record-subscription.js';

const creditReason = { da: 'Opkrævningen er annulleret', en: 'The bill was voided' };

/**
 * Takes a bill of the gateway into the seller's books: an invoice once it is paid or given up, and the payment with the gateway's
 * evidence. A bill only ever goes forward, so whatever order its news come in, and however often, it counts once.
 */
@Injectable()
export class RecordBill {
  private readonly logger = new Logger(RecordBill.name);

  constructor(
    readonly em: EntityManager,
    private readonly gateway: SubscriptionGateway,
    private readonly terms: BillingTerms,
    private readonly known: KnownBills,
    private readonly subscribers: Subscribers,
    private readonly subscriptions: RecordSubscription,
    private readonly customers: CustomerOfSeller,
    private readonly issueInvoice: IssueInvoice,
    private readonly creditInvoice: CreditInvoice,
    private readonly creditGivenBack: CreditGivenBack,
    private readonly recordCollection: RecordCollection,
  ) {}

  /** The gateway has said that something is new of a bill. @returns false when it is none of ours @throws GatewayUnclear */
  async told(provider: string, ref: string): Promise<boolean> {
    if (provider !== this.gateway.provider) return false;
    const answer = await this.gateway.fetchBill(ref);
    if (answer.outcome === 'unknown') throw new GatewayUnclear();
    return answer.outcome === 'accepted' && this.take(answer.status);
  }

  /** A bill as the gateway has just shown it. @returns false when it is none of ours */
  async take(bill: Bill): Promise<boolean> {
    // Whoever has a bill in his books keeps it there when another one sells from now on.
    const sellerId = (await this.known.sellerOf(this.gateway.provider, bill)) ?? (await this.terms.read()).sellerId;
    const subscriberId = await this.subscriberOf(bill);
    if (!subscriberId) return false;
    if (!sellerId) {
      this.logger.error({ bill: bill.ref }, 'a bill came in, and nobody is set up to sell');
      return false;
    }
    await inSchool(sellerId, () => this.write(subscriberId, bill));
    return true;
  }

  /** In the seller's books. */
  @Transaction()
  async write(subscriberId: Id, bill: Bill): Promise<void> {
    const vatRateBp = await this.hold(subscriberId);
    const row = await this.locked(subscriberId, bill);
    const isNews = row.become(bill.state);
    if (row.state !== bill.state) return;
    const { paidAt, url, attempts, received } = bill;
    Object.assign(row, { paidAt, url, attempts, receivedMinor: received.amount });
    if (row.isSold) row.invoiceId ??= await this.sell(subscriberId, bill, vatRateBp);
    await this.em.flush();
    await this.collect(row, bill);
    if (isNews) await this.takeBack(row);
    if (isNews && row.state === 'paid') await this.creditGivenBack.execute(subscriberId, bill);
  }

  private async collect(row: SubscriptionBill, { paymentRef, chargeRef, received }: Bill): Promise<void> {
    const { invoiceId, provider } = row;
    if (row.state !== 'paid' || !invoiceId || row.paymentId || !paymentRef || !received.isPositive) return;
    const collection = { invoiceId, provider, ref: paymentRef, chargeRef, received };
    row.paymentId = await this.recordCollection.execute(collection);
    await this.em.flush();
  }

  /** One that was given up, invoiced, and is void after all. */
  private async takeBack(row: SubscriptionBill): Promise<void> {
    if (row.state !== 'void' || !row.invoiceId) return;
    const { left } = await schoolQuery<BillingTables>(this.em)
      .selectFrom('invoices')
      .select(sql<number>`gross_minor - credited_minor - written_off_minor`.as('left'))
      .where('id', '=', bin(row.invoiceId))
      .forUpdate()
      .executeTakeFirstOrThrow();
    // What the seller has written off meanwhile is given up already.
    if (left > 0) await this.creditInvoice.execute(row.invoiceId, { reason: creditReason.da });
  }

  private async sell(subscriberId: Id, bill: Bill, vatRateBp: number): Promise<Id> {
    const sum = Money.sum(
      bill.lines.map(({ amount }) => amount),
      bill.total.currency,
    );
    if (!sum.equals(bill.total)) throw new Error(`bill ${bill.ref} is not the sum of its lines`);
    const studentId = await this.customers.of(subscriberId);
    const freeLines = bill.lines.filter(({ amount }) => !amount.isZero).map((line) => billLine(line, vatRateBp));
    const paymentTermsDays = bill.state === 'paid' ? 0 : null;
    return this.issueInvoice.execute({ studentId, chargeIds: [], freeLines, paymentTermsDays });
  }

  /** Of one school, one bill at a time, so that it becomes a customer once. @returns the VAT rate of its plan */
  private async hold(subscriberId: Id): Promise<number> {
    const { planId } = await globalQuery<BillingTables>(this.em)
      .selectFrom('subscriptions')
      .select('plan_id as planId')
      .where('school_id', '=', bin(subscriberId))
      .forUpdate()
      .executeTakeFirstOrThrow();
    return (await this.em.findOneOrFail(BillingPlan, { id: planId })).vatRateBp;
  }

  private async locked(subscriberId: Id, bill: Bill): Promise<SubscriptionBill> {
    const { provider } = this.gateway;
    await globalQuery<BillingTables>(this.em)
      .insertInto('subscription_bills')
      .values({
        id: bin(newId()),
        school_id: bin(currentSchool()),
        subscriber_id: bin(subscriberId),
        provider,
        bill_ref: bill.ref,
        state: 'open',
        total_minor: bill.total.amount,
        received_minor: 0,
        currency: bill.total.currency,
        issued_at: bill.issuedAt,
        paid_at: null,
        url: bill.url,
        attempts: bill.attempts,
        invoice_id: null,
        payment_id: null,
      })
      .onDuplicateKeyUpdate(lockedAsItIs)
      .execute();
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    return this.em.findOneOrFail(SubscriptionBill, { provider, billRef: bill.ref }, { lockMode, refresh: true });
  }

  private async subscriberOf({ subscriptionRef }: Bill): Promise<Id | null> {
    const { provider } = this.gateway;
    const known = await this.subscribers.of(provider, subscriptionRef);
    if (known || !(await this.subscriptions.told(provider, subscriptionRef))) return known;
    return this.subscribers.of(provider, subscriptionRef);
  }
}
