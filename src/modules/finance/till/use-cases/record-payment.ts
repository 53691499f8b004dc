import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import type { Money } from '../../../../platform/values/money.js';
import { localDate, type LocalDate } from '../../../../platform/values/zone.js';
import { StudentDirectory } from '../../../students/index.js';
import { receivables } from '../../domain/account-plan.js';
import type { Share } from '../../domain/allocate.js';
import { AmountNotPositive, ReceivedInFuture, WrongCurrency } from '../../domain/errors.js';
import { CreditUsed, PaymentReceived } from '../../domain/events.js';
import { accountOf, manualProvider, type PaymentMethod } from '../../domain/payment-method.js';
import { Payment } from '../../domain/payment.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { AllocatePayment } from '../../use-cases/allocate-payment.js';
import { MoneyCounters } from '../../use-cases/money-counters.js';
import { PostTransfers } from '../../use-cases/post-transfers.js';
import { OpenInvoices } from '../queries/open-invoices.js';
import { AllocateByHand } from './allocate-by-hand.js';
import { CashDrawer } from './cash-drawer.js';

export interface ManualPayment {
  readonly studentId: Id;
  readonly amount: Money;
  readonly method: PaymentMethod;
  /** The school's date. */
  readonly receivedOn: LocalDate;
  readonly reference?: string;
  readonly note?: string;
  /** Which invoices get how much; the oldest first when absent, all on account when empty. */
  readonly allocations?: readonly { readonly invoiceId: Id; readonly amount: Money }[];
}

/** Takes in money that no gateway knows of: it pays invoices, and what they do not need is the student's credit. */
@Injectable()
export class RecordPayment {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly students: StudentDirectory,
    private readonly sellers: SellerReader,
    private readonly drawer: CashDrawer,
    private readonly postTransfers: PostTransfers,
    private readonly allocatePayment: AllocatePayment,
    private readonly allocateByHand: AllocateByHand,
    private readonly openInvoices: OpenInvoices,
    private readonly audit: Audit,
    private readonly counters: MoneyCounters,
  ) {}

  /**
   * @returns the payment's id
   * @throws StudentNotFound, WrongCurrency, AmountNotPositive, ReceivedInFuture, InvoiceNotFound, AllocationAbovePayment,
   * AllocationAboveOutstanding
   */
  @Transaction()
  async execute(actor: Pick<Actor, 'id'>, command: ManualPayment): Promise<Id> {
    await this.students.get(command.studentId);
    const today = await this.check(command);
    const drawer = command.method === 'cash' ? await this.drawer.of(actor.id) : null;
    const payment = this.create(actor, command);
    await this.em.flush();
    const voucher = { source: 'payment', sourceId: payment.id, occurredOn: today } as const;
    const [debit, credit] = [accountOf(payment.provider, payment.method), receivables(payment.studentId)];
    await this.postTransfers.execute(voucher, [{ debit, credit, amount: command.amount }]);
    this.drawer.move(drawer, 'payment', payment.id, command.amount);
    await this.tell(payment, await this.allocate(payment, command));
    this.counters.paymentSettled(payment);
    await this.audit.record({ action: 'payment.recorded', subjectId: payment.id, details: payment.auditDetails });
    return payment.id;
  }

  /** @returns the day it is booked on: what has been handed to the bookkeeping is not added to, however late somebody is. */
  private async check({ amount, receivedOn }: ManualPayment): Promise<LocalDate> {
    const { currency, zone } = await this.sellers.terms();
    if (amount.currency !== currency) throw new WrongCurrency(currency);
    if (!amount.isPositive) throw new AmountNotPositive('amount');
    const today = localDate(this.clock.now(), zone);
    if (receivedOn > today) throw new ReceivedInFuture();
    return today;
  }

  private create(actor: Pick<Actor, 'id'>, command: ManualPayment): Payment {
    const now = this.clock.now();
    const payment = Payment.of({
      id: newId(),
      schoolId: currentSchool(),
      invoiceId: null,
      studentId: command.studentId,
      provider: manualProvider,
      accountRef: null,
      flow: 'checkout',
      capture: 'automatic',
      methodId: null,
      providerRef: null,
      chargeRef: null,
      state: 'succeeded',
      amountMinor: command.amount.amount,
      receivedMinor: command.amount.amount,
      refundedMinor: 0,
      currency: command.amount.currency,
      checkoutUrl: null,
      openFor: null,
      failure: null,
      createdAt: now,
      expiresAt: now,
      nextCheckAt: null,
      checks: 0,
      settledAt: now,
      method: command.method,
      receivedOn: command.receivedOn,
      reference: command.reference ?? null,
      note: command.note ?? null,
      recordedBy: actor.id,
    });
    this.em.persist(payment);
    return payment;
  }

  private async allocate(payment: Payment, { studentId, amount, allocations }: ManualPayment): Promise<Share<Id>[]> {
    const cause = { source: 'payment', sourceId: payment.id } as const;
    if (allocations) return this.allocateByHand.execute(payment, allocations, cause);
    return this.allocatePayment.spread(payment, amount, await this.openInvoices.of(studentId), cause);
  }

  /** Its receipt names the first invoice; whoever waits for another one hears of that too. */
  private async tell(payment: Payment, [first, ...others]: readonly Share<Id>[]): Promise<void> {
    if (!first) return;
    payment.invoiceId = first.key;
    await this.outbox.record(new PaymentReceived({ paymentId: payment.id, invoiceId: first.key }));
    for (const { key } of others) await this.outbox.record(new CreditUsed({ paymentId: payment.id, invoiceId: key }));
  }
}
