import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { Scheduling } from '../../../schools/index.js';
import { Charges } from '../../charges.js';
import { Charge } from '../../domain/charge.js';
import { InvoiceWrittenOff } from '../../domain/errors.js';
import { PaymentAllocation } from '../../domain/payment-allocation.js';
import { Prepayments } from '../../prepayments.js';
import { EndInstalmentPlan } from '../../instalments/use-cases/end-instalment-plan.js';
import { Product } from '../../prices/domain/product.js';
import { CancelCharge } from '../../use-cases/cancel-charge.js';
import { IssueInvoice } from '../../use-cases/issue-invoice.js';
import { SetOffChanged, SoldPackageNotFound } from '../domain/package-problems.js';
import type { SetOff } from '../domain/set-off.js';
import { PackageUnit, SoldPackage } from '../domain/sold-package.js';
import { UnitsAtWithdrawal } from '../queries/units-at-withdrawal.js';

// As they stand on the invoice.
const texts = { da: 'Brugt til listepris', en: 'Used, at list price' };

/** Gives a package back: what was used is set off at its list price, and the rest of the price is credited. */
@Injectable()
export class WithdrawPackage {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
    private readonly atWithdrawal: UnitsAtWithdrawal,
    private readonly charges: Charges,
    private readonly prepayments: Prepayments,
    private readonly cancelCharge: CancelCharge,
    private readonly endPlan: EndInstalmentPlan,
    private readonly issueInvoice: IssueInvoice,
    private readonly audit: Audit,
  ) {}

  /**
   * @param expected what the caller was told that comes back: refused when it is something else by now
   * @throws SoldPackageNotFound | PackageEnded | LessonsAhead | SetOffChanged | InvoiceWrittenOff
   */
  @Transaction()
  async execute(soldPackageId: Id, expected?: Pick<Money, 'amount' | 'currency'>): Promise<void> {
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const sold = await this.em.findOne(SoldPackage, { id: soldPackageId }, { lockMode, refresh: true });
    if (!sold) throw new SoldPackageNotFound();
    const now = this.clock.now();
    sold.withdraw(now);
    const units = await this.em.find(
      PackageUnit,
      { soldPackageId },
      { lockMode, refresh: true, orderBy: { id: 'asc' } },
    );
    const sums = await this.atWithdrawal.setOff(sold, units, now);
    if (expected && !sums.returned.equals(Money.of(expected.amount, expected.currency))) throw new SetOffChanged();
    const unused = units.filter(({ state }) => state === 'open');
    for (const unit of unused) unit.state = 'withdrawn';
    await this.em.flush();
    await this.endPlan.ofPackage(sold.id);
    const invoices = await this.takeBack(unused);
    await this.chargeUsed(sold, units, sums, invoices);
    const { credited, returned } = sums;
    const details = { studentId: sold.studentId, credited: credited.amount, ...returned.toJSON() };
    await this.audit.record({ action: 'sold_package.withdrawn', subjectId: sold.id, details });
  }

  /** One credit note for each invoice. @returns the invoices that it was on */
  private async takeBack(units: readonly PackageUnit[]): Promise<Id[]> {
    const ids = units.map(({ id }) => id);
    const invoices = await this.cancelCharge.execute('package', ids);
    await this.em.flush();
    // A write-off has left less of an invoice than comes back.
    if (await this.em.count(Charge, { ...pricesOf(ids), state: 'invoiced' })) throw new InvoiceWrittenOff();
    return invoices;
  }

  /** On an invoice of its own with what was used and is on none yet, paid by what the credit notes set free, where the package was invoiced. */
  private async chargeUsed(
    { buyerId: studentId }: SoldPackage,
    units: readonly PackageUnit[],
    { charged }: SetOff,
    invoices: readonly Id[],
  ): Promise<void> {
    const chargeIds = await this.chargeDearer(studentId, units, charged);
    if (invoices.length === 0) return;
    const ids = units.filter(({ state }) => state === 'used').map(({ id }) => id);
    for (const { id } of await this.em.find(Charge, { ...pricesOf(ids), state: 'open' })) chargeIds.push(id);
    if (chargeIds.length === 0) return;
    await this.em.flush();
    const invoiceId = await this.issueInvoice.execute({ studentId, chargeIds });
    await this.em.flush();
    const allocations = await this.em.find(PaymentAllocation, { invoiceId: { $in: [...invoices] } });
    const payments = [...new Set(allocations.map(({ paymentId }) => paymentId))].sort();
    for (const paymentId of payments) {
      if (await this.prepayments.isPaid(invoiceId)) return;
      await this.prepayments.settle(paymentId, invoiceId);
    }
  }

  private async chargeDearer(studentId: Id, units: readonly PackageUnit[], charged: SetOff['charged']): Promise<Id[]> {
    const { locale } = await this.scheduling.school();
    const products = await this.em.find(Product, { id: { $in: [...charged.keys()] } });
    const chargeIds: Id[] = [];
    for (const [productId, gross] of charged) {
      const description = `${texts[locale]}: ${products.find(({ id }) => id === productId)!.name}`;
      const { vatRateBp } = units.find((unit) => unit.productId === productId)!;
      const what = { description, gross, vatRateBp, productId };
      chargeIds.push(await this.charges.record({ studentId, source: 'package_set_off', sourceId: newId(), ...what }));
    }
    return chargeIds;
  }
}

function pricesOf(unitIds: Id[]) {
  return { source: 'package' as const, sourceId: { $in: unitIds } };
}
