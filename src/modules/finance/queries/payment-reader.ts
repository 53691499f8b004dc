import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { Actor } from '../../../platform/auth/actor.js';
import { type Asked, byAge, isIdOf, List } from '../../../platform/database/list.js';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { mapPage, type Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import { ofStudents, OwnStudents } from '../../students/index.js';
import { PaymentNotFound } from '../domain/errors.js';
import type { PaymentAllocationSchema } from '../domain/payment-allocation.js';
import type { PaymentMethod } from '../domain/payment-method.js';
import type { PaymentState, RefundState } from '../domain/payment-state.js';
import type { PaymentSchema } from '../domain/payment.js';
import type { RefundSchema } from '../domain/refund.js';

export interface RefundView {
  readonly id: Id;
  readonly amount: Money;
  readonly state: RefundState;
  readonly reason: string;
  /** How staff paid it out. */
  readonly method: PaymentMethod | null;
  readonly createdAt: Date;
  readonly settledAt: Date | null;
}

export interface PaymentSummary {
  readonly id: Id;
  readonly invoiceId: Id | null;
  readonly studentId: Id;
  readonly provider: string;
  readonly state: PaymentState;
  readonly amount: Money;
  readonly received: Money;
  /** Given back, or on its way. */
  readonly refunded: Money;
  readonly createdAt: Date;
  readonly settledAt: Date | null;
  /** How it came when staff took it in. */
  readonly method: PaymentMethod | null;
  readonly receivedOn: LocalDate | null;
  readonly reference: string | null;
}

export interface AllocationView {
  readonly invoiceId: Id;
  readonly amount: Money;
}

export interface PaymentView extends PaymentSummary {
  readonly note: string | null;
  readonly reversalReason: string | null;
  readonly allocations: readonly AllocationView[];
  readonly refunds: readonly RefundView[];
}

export const paymentList = new List({
  sorts: { createdAt: byAge },
  defaultSort: '-createdAt',
  filters: { invoiceId: isIdOf('invoice_id') },
});

type Db = Tables<typeof PaymentSchema | typeof RefundSchema | typeof PaymentAllocationSchema>;

/** Payments and what was given back of them. */
@Injectable()
export class PaymentReader {
  constructor(
    private readonly em: EntityManager,
    private readonly ownStudents: OwnStudents,
  ) {}

  /** @throws PaymentNotFound; another student's is not found either */
  async get(actor: Actor, id: Id): Promise<PaymentView> {
    const row = await selectPayments(this.em).where('id', '=', bin(id)).executeTakeFirst();
    if (!row || !(await this.ownStudents.includes(actor, row.student_id))) throw new PaymentNotFound();
    const refunds = await selectRefunds(this.em).where('payment_id', '=', bin(id)).orderBy('id').execute();
    const { note, reversal_reason: reversalReason } = row;
    const allocations = await this.allocations(id, row.currency);
    return { ...summary(row), note, reversalReason, allocations, refunds: refunds.map(refundView) };
  }

  async list(actor: Actor, asked: Asked<typeof paymentList>): Promise<Page<PaymentSummary>> {
    const own = ofStudents(await this.ownStudents.of(actor));
    return mapPage(await paymentList.page(selectPayments(this.em).where(own), asked), summary);
  }

  private async allocations(id: Id, currency: string): Promise<AllocationView[]> {
    const rows = await schoolQuery<Db>(this.em)
      .selectFrom('payment_allocations')
      .select(['invoice_id', sql<number>`sum(amount_minor)`.as('given'), sql`min(id)`.as('first')])
      .where('payment_id', '=', bin(id))
      .groupBy('invoice_id')
      .orderBy('first')
      .execute();
    return rows
      .filter(({ given }) => given > 0)
      .map(({ invoice_id, given }) => ({ invoiceId: invoice_id, amount: Money.of(given, currency) }));
  }

  /** @throws PaymentNotFound */
  async refund(id: Id): Promise<RefundView> {
    const row = await selectRefunds(this.em).where('id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new PaymentNotFound();
    return refundView(row);
  }
}

function selectPayments(em: EntityManager) {
  return schoolQuery<Db>(em)
    .selectFrom('payments')
    .select(['id', 'invoice_id', 'student_id', 'provider', 'state', 'amount_minor', 'received_minor', 'refunded_minor'])
    .select(['currency', 'created_at', 'settled_at', 'method', 'received_on', 'reference', 'note', 'reversal_reason']);
}

function selectRefunds(em: EntityManager) {
  return schoolQuery<Db>(em)
    .selectFrom('refunds')
    .select(['id', 'amount_minor', 'currency', 'state', 'reason', 'method', 'created_at', 'settled_at']);
}

type PaymentRow = Awaited<ReturnType<ReturnType<typeof selectPayments>['execute']>>[number];
type RefundRow = Awaited<ReturnType<ReturnType<typeof selectRefunds>['execute']>>[number];

function summary(row: PaymentRow): PaymentSummary {
  const money = (minor: number) => Money.of(minor, row.currency);
  return {
    id: row.id,
    invoiceId: row.invoice_id,
    studentId: row.student_id,
    provider: row.provider,
    state: row.state,
    amount: money(row.amount_minor),
    received: money(row.received_minor),
    refunded: money(row.refunded_minor),
    createdAt: row.created_at,
    settledAt: row.settled_at,
    method: row.method,
    receivedOn: row.received_on,
    reference: row.reference,
  };
}

function refundView({
  id,
  amount_minor,
  currency,
  state,
  reason,
  method,
  created_at,
  settled_at,
}: RefundRow): RefundView {
  const amount = Money.of(amount_minor, currency);
  return { id, amount, state, reason, method, createdAt: created_at, settledAt: settled_at };
}
