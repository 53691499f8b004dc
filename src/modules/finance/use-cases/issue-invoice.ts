import { EntityManager } from '@mikro-orm/mysql';
import { LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../platform/database/transaction.js';
import { newId, type Id } from '../../../platform/values/id.js';
import { Charge } from '../domain/charge.js';
import { ChargeNotFound, ChargeNotOpen, MixedCurrencies, NothingToInvoice } from '../domain/errors.js';
import { BuyerReader } from '../queries/buyer-reader.js';
import { WriteInvoice } from './write-invoice.js';

export interface IssueInvoiceCommand {
  readonly studentId: Id;
  /** All open charges of the student when absent. */
  readonly chargeIds?: readonly Id[];
}

/** Puts a student's open charges on a new, numbered invoice. */
@Injectable()
export class IssueInvoice {
  constructor(
    readonly em: EntityManager,
    private readonly buyers: BuyerReader,
    private readonly writeInvoice: WriteInvoice,
  ) {}

  /**
   * @returns the invoice's id
   * @throws ChargeNotFound, ChargeNotOpen, NothingToInvoice, MixedCurrencies
   */
  @Transaction()
  async execute({ studentId, chargeIds }: IssueInvoiceCommand): Promise<Id> {
    const { buyer, locale } = await this.buyers.of(studentId);
    const charges = await this.takeCharges(studentId, chargeIds);
    const id = newId();
    await this.writeInvoice.execute({
      id,
      kind: 'invoice',
      studentId,
      currency: this.currencyOf(charges),
      locale,
      buyer,
      creditsInvoiceId: null,
      lines: charges.map((charge) => ({
        chargeId: charge.id,
        creditsLineId: null,
        productId: charge.productId ?? null,
        description: charge.description,
        quantity: 1,
        unitGross: charge.gross,
        vatRateBp: charge.vatRateBp,
      })),
    });
    for (const charge of charges) charge.putOn(id);
    return id;
  }

  private async takeCharges(studentId: Id, chargeIds?: readonly Id[]): Promise<Charge[]> {
    const wanted = chargeIds ? { studentId, id: { $in: [...chargeIds] } } : { studentId, state: 'open' as const };
    const charges = await this.em.find(Charge, wanted, {
      lockMode: LockMode.PESSIMISTIC_WRITE,
      orderBy: { occurredAt: 'asc', id: 'asc' },
    });
    if (chargeIds && charges.length < new Set(chargeIds).size) throw new ChargeNotFound();
    if (charges.some(({ state }) => state !== 'open')) throw new ChargeNotOpen();
    if (charges.length === 0) throw new NothingToInvoice();
    return charges;
  }

  private currencyOf(charges: readonly Charge[]): string {
    const [currency, ...others] = new Set(charges.map((charge) => charge.currency));
    if (!currency || others.length > 0) throw new MixedCurrencies();
    return currency;
  }
}
