import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { StudentDirectory } from '../../../students/index.js';
import { AmountNotPositive, CreditTooSmall, NoCredit, WrongCurrency } from '../../domain/errors.js';
import type { PaymentMethod } from '../../domain/payment-method.js';
import { RefundPayment } from '../../use-cases/refund-payment.js';
import { CashDrawer } from './cash-drawer.js';
import { TakeCredit } from './take-credit.js';

export interface CreditRefund {
  readonly studentId: Id;
  /** All of it when absent. */
  readonly amount?: Money;
  /** How staff pays it out; the way it came when absent. */
  readonly method?: PaymentMethod;
  readonly reason: string;
}

/** Gives a student back what he has to his credit, payment by payment. */
@Injectable()
export class RefundCredit {
  constructor(
    readonly em: EntityManager,
    private readonly students: StudentDirectory,
    private readonly drawer: CashDrawer,
    private readonly takeCredit: TakeCredit,
    private readonly refundPayment: RefundPayment,
  ) {}

  /**
   * @returns the refunds' ids
   * @throws StudentNotFound, NoCredit, WrongCurrency, AmountNotPositive, CreditTooSmall, RefundByHand, NotSoMuchInTill
   */
  @Transaction()
  async execute(actor: Pick<Actor, 'id'>, { studentId, amount, method, reason }: CreditRefund): Promise<Id[]> {
    await this.students.get(studentId);
    const drawer = method === 'cash' ? await this.drawer.of(actor.id) : null;
    const credits = await this.takeCredit.lock(studentId);
    if (credits.length === 0) throw new NoCredit();
    const credit = Money.sum(credits.map(({ left }) => left));
    const wanted = amount ?? credit;
    if (wanted.currency !== credit.currency) throw new WrongCurrency(credit.currency);
    if (!wanted.isPositive) throw new AmountNotPositive('amount');
    if (wanted.compare(credit) > 0) throw new CreditTooSmall(credit);
    await this.drawer.checkHolds(drawer, wanted);
    const refunds: Id[] = [];
    for (const { key: payment, amount: part } of this.takeCredit.parts(credits, wanted)) {
      const id = await this.refundPayment.execute(actor, { paymentId: payment.id, amount: part, method, reason });
      this.drawer.move(drawer, 'refund', id, part.negate());
      refunds.push(id);
    }
    return refunds;
  }
}
