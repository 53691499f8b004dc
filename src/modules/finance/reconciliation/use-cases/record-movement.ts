import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../../platform/database/transaction.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { localDate } from '../../../../platform/values/zone.js';
import { bank, clearing, gatewayFees } from '../../domain/account-plan.js';
import { Payment } from '../../domain/payment.js';
import { Refund } from '../../domain/refund.js';
import type { Movement } from '../../ports/gateway-books.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { PostTransfers } from '../../use-cases/post-transfers.js';
import { Dispute } from '../domain/dispute.js';
import { GatewayMovement } from '../domain/gateway-books.js';
import { NoteDifference } from './note-difference.js';

/** Keeps a line of the gateway's books, posts its fee, and notes where ours say something else. Once a line. */
@Injectable()
export class RecordMovement {
  constructor(
    readonly em: EntityManager,
    private readonly sellers: SellerReader,
    private readonly postTransfers: PostTransfers,
    private readonly differences: NoteDifference,
  ) {}

  /** A duplicate key `gateway_movements_ref` says that somebody keeps it at this moment. */
  @Transaction()
  async execute(provider: string, account: string | null, movement: Movement): Promise<void> {
    const known = await this.em.findOne(GatewayMovement, { provider, movementRef: movement.ref });
    const payment = await this.payment(provider, account, movement);
    const refund = await this.refund(movement);
    if (!known) await this.keep(provider, movement, payment?.id ?? null, refund?.id ?? null);
    await this.compare(provider, movement, payment, refund);
  }

  private async keep(provider: string, movement: Movement, paymentId: Id | null, refundId: Id | null): Promise<void> {
    const { ref: movementRef, kind, amount, fee, sourceRef, at: occurredAt } = movement;
    const id = newId();
    this.em.create(GatewayMovement, {
      id,
      schoolId: currentSchool(),
      provider,
      movementRef,
      kind,
      sourceRef,
      occurredAt,
      amountMinor: amount.amount,
      feeMinor: fee.amount,
      currency: amount.currency,
      paymentId,
      refundId,
      payoutId: null,
    });
    await this.em.flush();
    const cost = kind === 'fee' ? amount.negate().plus(fee) : fee;
    const { zone } = await this.sellers.terms();
    const voucher = { source: 'gateway_fee', sourceId: id, occurredOn: localDate(occurredAt, zone) } as const;
    const postings = [{ debit: gatewayFees(provider), credit: clearing(provider), amount: cost }];
    await this.postTransfers.execute(voucher, postings);
    if (kind !== 'payout_failure') return;
    // It never came to the bank; the next payout brings it, and counts it again.
    await this.postTransfers.execute({ ...voucher, source: 'payout' }, [
      { debit: clearing(provider), credit: bank(), amount },
    ]);
  }

  private async compare(
    provider: string,
    { kind, ref, amount, sourceRef }: Movement,
    payment: Payment | null,
    refund: Refund | null,
  ): Promise<void> {
    const about = { provider, subjectRef: ref, paymentId: payment?.id ?? null, there: amount };
    if (kind === 'payment') {
      const here = payment?.state === 'succeeded' ? payment.receivedMinor : null;
      await this.differences.is(here === null, { ...about, kind: 'missing_here', hereMinor: null });
      await this.differences.is(here !== null && here !== amount.amount, {
        ...about,
        kind: 'amount_differs',
        hereMinor: here,
      });
      if (payment) await this.differences.found(provider, payment.id);
    }
    if (kind === 'dispute') {
      const dispute = await this.em.findOne(Dispute, { provider, providerRef: sourceRef });
      const hereMinor = dispute?.amountMinor ?? null;
      await this.differences.is(!dispute, { ...about, kind: 'unknown_dispute', hereMinor });
    }
    if (kind === 'refund') {
      const differs = !refund || refund.amountMinor !== -amount.amount || refund.state === 'failed';
      await this.differences.is(differs, { ...about, kind: 'unknown_refund', hereMinor: refund?.amountMinor ?? null });
    }
  }

  private async payment(provider: string, accountRef: string | null, movement: Movement): Promise<Payment | null> {
    const { paymentId, chargeRef } = movement;
    const there = { provider, accountRef };
    const named = paymentId ? await this.em.findOne(Payment, { id: paymentId, ...there }) : null;
    return named ?? (chargeRef ? this.em.findOne(Payment, { chargeRef, ...there }) : null);
  }

  private async refund({ kind, refundId, sourceRef }: Movement): Promise<Refund | null> {
    if (kind !== 'refund' && kind !== 'refund_failure') return null;
    const named = refundId ? await this.em.findOne(Refund, { id: refundId }) : null;
    return named ?? (sourceRef ? this.em.findOne(Refund, { providerRef: sourceRef }) : null);
  }
}
