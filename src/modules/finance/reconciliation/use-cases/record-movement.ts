import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../../platform/database/transaction.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { newId } from '../../../../platform/values/id.js';
import { localDate } from '../../../../platform/values/zone.js';
import { bank, clearing, gatewayFees } from '../../domain/account-plan.js';
import { Payment } from '../../domain/payment.js';
import { Refund } from '../../domain/refund.js';
import type { Movement } from '../../ports/gateway-books.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { PostTransfers } from '../../use-cases/post-transfers.js';
import { GatewayMovement } from '../domain/gateway-books.js';
import { CompareMovement, type Ours } from './compare-movement.js';

/** Keeps a line of the gateway's books, posts its fee, and notes where ours say something else. Once a line. */
@Injectable()
export class RecordMovement {
  constructor(
    readonly em: EntityManager,
    private readonly sellers: SellerReader,
    private readonly postTransfers: PostTransfers,
    private readonly compare: CompareMovement,
  ) {}

  /** A duplicate key `gateway_movements_ref` says that somebody keeps it at this moment. */
  @Transaction()
  async execute(provider: string, account: string | null, movement: Movement): Promise<void> {
    const known = await this.em.findOne(GatewayMovement, { provider, movementRef: movement.ref });
    const payment = await this.payment(provider, account, movement);
    const ours = { payment, refund: await this.refund(movement) };
    const kept = known ?? (await this.keep(provider, movement, ours));
    await this.compare.execute(movement, kept, ours);
  }

  private async keep(provider: string, movement: Movement, { payment, refund }: Ours): Promise<GatewayMovement> {
    const { ref: movementRef, kind, amount, fee, sourceRef, at: occurredAt } = movement;
    const kept = this.em.create(GatewayMovement, {
      id: newId(),
      schoolId: currentSchool(),
      provider,
      movementRef,
      kind,
      sourceRef,
      occurredAt,
      amountMinor: amount.amount,
      feeMinor: fee.amount,
      currency: amount.currency,
      paymentId: payment?.id ?? null,
      refundId: refund?.id ?? null,
      payoutId: null,
      postedTo: null,
    });
    await this.em.flush();
    await this.post(kept, movement);
    return kept;
  }

  private async post({ id, provider }: GatewayMovement, { kind, amount, fee, at }: Movement): Promise<void> {
    const cost = kind === 'fee' ? amount.negate().plus(fee) : fee;
    const { zone } = await this.sellers.terms();
    const voucher = { source: 'gateway_fee', sourceId: id, occurredOn: localDate(at, zone) } as const;
    const postings = [{ debit: gatewayFees(provider), credit: clearing(provider), amount: cost }];
    await this.postTransfers.execute(voucher, postings);
    if (kind !== 'payout_failure') return;
    // It never came to the bank; the next payout brings it, and counts it again.
    await this.postTransfers.execute({ ...voucher, source: 'payout' }, [
      { debit: clearing(provider), credit: bank(), amount },
    ]);
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
    if (named || !sourceRef) return named;
    // The newest: one that failed here and was done there may have been taken over since.
    return this.em.findOne(Refund, { providerRef: sourceRef }, { orderBy: { id: 'desc' } });
  }
}
