import { EntityManager } from '@mikro-orm/mysql';
import { LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../platform/database/transaction.js';
import { newId, type Id } from '../../../platform/values/id.js';
import type { Money } from '../../../platform/values/money.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import { Charge } from '../domain/charge.js';
import { MixedCurrencies, NothingToInvoice } from '../domain/errors.js';
import type { LinePrice } from '../domain/invoice-totals.js';
import { asTheyCameUp, namedCharges } from '../queries/named-charges.js';
import { BuyerReader } from '../queries/buyer-reader.js';
import { detailsOf, type InvoiceDetails } from '../queries/invoice-views.js';
import { type InvoiceText, WriteInvoice } from './write-invoice.js';

export interface IssueInvoiceCommand {
  readonly studentId: Id;
  /** All open charges of the student that wait for no instalment when absent. */
  readonly chargeIds?: readonly Id[];
  /** Instead: what waits for this instalment. */
  readonly instalmentId?: Id;
  /** What no charge stands for, after the charges. */
  readonly freeLines?: readonly FreeLine[];
  /** As the school has it when absent. */
  readonly paymentTermsDays?: number | null;
  /** Instead of terms; never before the day of issue. */
  readonly dueOn?: LocalDate;
  /** As the buyer's billing details have it when absent. */
  readonly reference?: string | null;
}

export interface FreeLine extends LinePrice {
  readonly description: string;
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
   * @throws ChargeNotFound, ChargeNotOpen, ChargeInInstalments, NothingToInvoice, MixedCurrencies
   */
  @Transaction()
  async execute(command: IssueInvoiceCommand): Promise<Id> {
    return (await this.issue(command)).id;
  }

  /** As execute() does. @returns what the invoice says */
  @Transaction()
  async issue(command: IssueInvoiceCommand): Promise<InvoiceDetails> {
    const { studentId, freeLines = [], paymentTermsDays = null } = command;
    const { buyer, locale } = await this.buyers.of(studentId);
    const charges = await this.takeCharges(command);
    const id = newId();
    const { invoice, lines } = await this.writeInvoice.execute({
      id,
      kind: 'invoice',
      studentId,
      currency: this.currencyOf([...charges.map(({ gross }) => gross), ...freeLines.map(({ unitGross }) => unitGross)]),
      locale,
      buyer: { ...buyer, reference: command.reference ?? buyer.reference },
      creditsInvoiceId: null,
      paymentTermsDays,
      dueOn: command.dueOn,
      lines: [
        ...charges.map(lineOf),
        ...freeLines.map((line) => ({ ...line, chargeId: null, creditsLineId: null, productId: null })),
      ],
      held: charges,
    });
    for (const charge of charges) charge.putOn(id);
    return detailsOf(invoice, lines);
  }

  private async takeCharges(command: IssueInvoiceCommand): Promise<Charge[]> {
    const { studentId, chargeIds, instalmentId = null, freeLines = [] } = command;
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const open = { studentId, state: 'open' as const, instalmentId };
    const charges = chargeIds
      ? await namedCharges(this.em, studentId, chargeIds, lockMode)
      : await this.em.find(Charge, open, { lockMode, refresh: true, orderBy: asTheyCameUp });
    if (charges.length + freeLines.length === 0) throw new NothingToInvoice();
    return charges;
  }

  private currencyOf(amounts: readonly Money[]): string {
    const [currency, ...others] = new Set(amounts.map((amount) => amount.currency));
    if (!currency || others.length > 0) throw new MixedCurrencies();
    return currency;
  }
}

function lineOf(charge: Charge): InvoiceText {
  return {
    chargeId: charge.id,
    creditsLineId: null,
    productId: charge.productId ?? null,
    description: charge.description,
    quantity: 1,
    unitGross: charge.gross,
    vatRateBp: charge.vatRateBp,
    ...(charge.vat && { vat: charge.vat }),
  };
}
