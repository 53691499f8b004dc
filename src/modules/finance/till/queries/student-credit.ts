import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { Actor } from '../../../../platform/auth/actor.js';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { OwnStudents } from '../../../students/index.js';
import type { PaymentAllocationSchema } from '../../domain/payment-allocation.js';
import type { PaymentSchema } from '../../domain/payment.js';
import { SellerReader } from '../../queries/seller-reader.js';

export interface CreditOfPayment {
  readonly paymentId: Id;
  readonly left: Money;
}

export interface StudentCreditView {
  readonly studentId: Id;
  readonly credit: Money;
  readonly payments: readonly CreditOfPayment[];
}

type Db = Tables<typeof PaymentSchema | typeof PaymentAllocationSchema>;

/** What a student has paid that no invoice, no refund and no dispute has had. */
@Injectable()
export class StudentCredit {
  constructor(
    private readonly em: EntityManager,
    private readonly sellers: SellerReader,
    private readonly ownStudents: OwnStudents,
  ) {}

  /** @throws StudentNotFound; another student's is not found either */
  async of(actor: Actor, studentId: Id): Promise<StudentCreditView> {
    await this.ownStudents.get(actor, studentId);
    return this.read(studentId);
  }

  /** For callers that have checked already who is asking. The payments with something left, oldest first, in the school's currency. */
  async read(studentId: Id): Promise<StudentCreditView> {
    const { currency } = await this.sellers.terms();
    const rows = await schoolQuery<Db>(this.em)
      .selectFrom('payments')
      .leftJoin('payment_allocations as given', (join) =>
        join.onRef('given.school_id', '=', 'payments.school_id').onRef('given.payment_id', '=', 'payments.id'),
      )
      .select(['payments.id', 'received_minor', 'refunded_minor', 'disputed_minor'])
      .select(sql<number>`coalesce(sum(given.amount_minor), 0)`.as('given'))
      .where('student_id', '=', bin(studentId))
      .where('payments.state', '=', 'succeeded')
      .where('payments.currency', '=', currency)
      .groupBy(['payments.id', 'received_minor', 'refunded_minor', 'disputed_minor'])
      .orderBy('payments.id')
      .execute();
    const payments = rows
      .map(({ id, received_minor, refunded_minor, disputed_minor, given }) => ({
        paymentId: id,
        left: Money.of(received_minor - refunded_minor - disputed_minor - given, currency),
      }))
      .filter(({ left }) => left.isPositive);
    const credit = Money.sum(
      payments.map(({ left }) => left),
      currency,
    );
    return { studentId, credit, payments };
  }
}
