import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { assertTransaction } from '../../../../platform/database/transaction.js';
import type { Id } from '../../../../platform/values/id.js';
import type { Money } from '../../../../platform/values/money.js';
import type { Share } from '../../domain/allocate.js';
import { allocate } from '../../domain/allocate.js';
import { Payment } from '../../domain/payment.js';
import { AllocatePayment } from '../../use-cases/allocate-payment.js';
import { StudentCredit } from '../queries/student-credit.js';

/** Finds a student's credit and holds it, so that no two give the same money away. */
@Injectable()
export class TakeCredit {
  constructor(
    private readonly em: EntityManager,
    private readonly credits: StudentCredit,
    private readonly allocatePayment: AllocatePayment,
  ) {}

  /** His payments with something left, oldest first, locked, and how much each has. */
  async lock(studentId: Id): Promise<{ payment: Payment; left: Money }[]> {
    assertTransaction('TakeCredit');
    const ids = (await this.credits.read(studentId)).payments.map(({ paymentId }) => paymentId);
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true, orderBy: { id: 'asc' } } as const;
    const payments = await this.em.find(Payment, { id: { $in: ids } }, lock);
    const found: { payment: Payment; left: Money }[] = [];
    for (const payment of payments) {
      const left = await this.allocatePayment.unused(payment);
      if (left.isPositive) found.push({ payment, left });
    }
    return found;
  }

  /** Which of them bring that amount. */
  parts(credits: readonly { payment: Payment; left: Money }[], amount: Money): readonly Share<Payment>[] {
    return allocate(
      amount,
      credits.map(({ payment, left }) => ({ key: payment, limit: left })),
    ).shares;
  }
}
