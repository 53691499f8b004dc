import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../../platform/database/transaction.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { newId } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { localDate } from '../../../../platform/values/zone.js';
import { bank, clearing } from '../../domain/account-plan.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { PostTransfers } from '../../use-cases/post-transfers.js';
import { GatewayMovement, GatewayPayout } from '../domain/gateway-books.js';

export interface PaidOut {
  readonly provider: string;
  readonly payoutRef: string;
  readonly paidAt: Date;
  readonly currency: string;
  /** The lines of this school that it brought to the bank. */
  readonly movementRefs: readonly string[];
}

/** Notes what a payout has brought a school, line by line: clearing becomes bank. Once a payout. */
@Injectable()
export class RecordPayout {
  constructor(
    readonly em: EntityManager,
    private readonly sellers: SellerReader,
    private readonly postTransfers: PostTransfers,
  ) {}

  /** A duplicate key `gateway_payouts_ref` says that somebody notes it at this moment. */
  @Transaction()
  async execute({ provider, payoutRef, paidAt, currency, movementRefs }: PaidOut): Promise<void> {
    if (await this.em.findOne(GatewayPayout, { provider, payoutRef })) return;
    const brought = { provider, currency, movementRef: { $in: [...movementRefs] } };
    const lines = await this.em.find(GatewayMovement, brought);
    if (lines.length === 0) return;
    const sum = (part: (line: GatewayMovement) => number) => lines.reduce((total, line) => total + part(line), 0);
    const payout = this.em.create(GatewayPayout, {
      id: newId(),
      schoolId: currentSchool(),
      provider,
      payoutRef,
      paidAt,
      currency,
      amountMinor: sum(({ amountMinor, feeMinor }) => amountMinor - feeMinor),
      feeMinor: sum(({ feeMinor }) => feeMinor),
    });
    await this.em.flush();
    for (const line of lines) line.payoutId = payout.id;
    const { zone } = await this.sellers.terms();
    const voucher = { source: 'payout', sourceId: payout.id, occurredOn: localDate(paidAt, zone) } as const;
    const amount = Money.of(payout.amountMinor, currency);
    await this.postTransfers.execute(voucher, [{ debit: bank(), credit: clearing(provider), amount }]);
  }
}
