import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import type { Id } from '../../../../platform/values/id.js';
import { Refund } from '../../domain/refund.js';
import { type RefundCommand, RefundPayment } from '../../use-cases/refund-payment.js';
import { CashDrawer } from './cash-drawer.js';

/** Gives money back by hand; cash comes out of the till. */
@Injectable()
export class PayOutRefund {
  constructor(
    readonly em: EntityManager,
    private readonly drawer: CashDrawer,
    private readonly refundPayment: RefundPayment,
  ) {}

  /** @returns the refund's id. @throws PaymentNotFound, WrongCurrency, AmountNotPositive, RefundAboveReceived, NotSoMuchInTill */
  @Transaction()
  async execute(actor: Pick<Actor, 'id'>, command: RefundCommand): Promise<Id> {
    const session = command.method === 'cash' ? await this.drawer.of(actor.id) : null;
    const id = await this.refundPayment.execute(actor, command);
    const { amount } = await this.em.findOneOrFail(Refund, { id });
    await this.drawer.checkHolds(session, amount);
    this.drawer.move(session, 'refund', id, amount.negate());
    return id;
  }
}
