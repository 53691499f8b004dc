import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { vatIncluded } from '../../../../platform/values/vat.js';
import { localDate, type LocalDate } from '../../../../platform/values/zone.js';
import { StudentDirectory } from '../../../students/index.js';
import { Charge } from '../../domain/charge.js';
import { MixedCurrencies, NothingToInvoice } from '../../domain/errors.js';
import { SoldPackageNotFound } from '../../packages/domain/package-problems.js';
import { PackageUnit } from '../../packages/domain/sold-package.js';
import { asTheyCameUp, namedCharges } from '../../queries/named-charges.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { cutCharges, type Piece } from '../domain/cut-charges.js';
import { areInOrder, dueDates, isWithinReach } from '../domain/due-dates.js';
import {
  InstalmentDatesWrong,
  InstalmentScheduleUnclear,
  InstalmentsNotTotal,
  PlannedChargesUnclear,
} from '../domain/instalment-problems.js';

export interface WishedInstalment {
  readonly amount: Money;
  readonly dueOn: LocalDate;
}

/** Of which charges a plan is, and when its parts are due. */
export interface PlanWish {
  readonly studentId: Id;
  /** All open charges of the student when neither these nor a package are named. */
  readonly chargeIds?: readonly Id[] | undefined;
  /** What is open of this package. */
  readonly soldPackageId?: Id | undefined;
  /** Equal parts, from the first due date on, monthly or every so many weeks. */
  readonly count?: number | undefined;
  readonly firstDueOn?: LocalDate | undefined;
  readonly everyWeeks?: number | undefined;
  /** Or these. */
  readonly instalments?: readonly WishedInstalment[] | undefined;
}

export interface PlanDraftView {
  readonly total: Money;
  readonly instalments: readonly WishedInstalment[];
}

export interface DraftedPlan extends PlanDraftView {
  readonly charges: readonly Charge[];
  readonly pieces: readonly Piece[];
  readonly today: LocalDate;
}

type Lock = LockMode.NONE | LockMode.PESSIMISTIC_WRITE;

/** What an instalment plan would be. */
@Injectable()
export class PlanDraft {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly students: StudentDirectory,
    private readonly sellers: SellerReader,
  ) {}

  /**
   * Changes nothing.
   * @throws StudentNotFound | SoldPackageNotFound | ChargeNotFound | ChargeNotOpen | ChargeInInstalments | NothingToInvoice |
   * MixedCurrencies | PlannedChargesUnclear | InstalmentScheduleUnclear | InstalmentDatesWrong | InstalmentsNotTotal
   */
  async preview(wish: PlanWish): Promise<PlanDraftView> {
    const { total, instalments } = await this.draft(this.em.fork({ keepTransactionContext: true }), wish);
    return { total, instalments };
  }

  /** Whoever plans or invoices the same waits for us from here on. @throws as preview() */
  locked(wish: PlanWish): Promise<DraftedPlan> {
    return this.draft(this.em, wish, LockMode.PESSIMISTIC_WRITE);
  }

  private async draft(em: EntityManager, wish: PlanWish, lockMode: Lock = LockMode.NONE): Promise<DraftedPlan> {
    await this.students.get(wish.studentId);
    const today = localDate(this.clock.now(), (await this.sellers.terms()).zone);
    const charges = await this.charges(em, wish, lockMode);
    const [currency, ...others] = new Set(charges.map((charge) => charge.currency));
    if (!currency || others.length > 0) throw currency ? new MixedCurrencies() : new NothingToInvoice();
    const total = Money.sum(charges.map(({ gross }) => gross));
    const instalments = instalmentsOf(wish, total, today);
    const pieces = cutCharges(charges.map(cuttable), amountsOf(instalments));
    return { total, instalments, charges, pieces, today };
  }

  private async charges(em: EntityManager, wish: PlanWish, lockMode: Lock): Promise<Charge[]> {
    const { studentId, chargeIds, soldPackageId } = wish;
    const open = { studentId, state: 'open' as const, instalmentId: null };
    const how = { lockMode, refresh: true, orderBy: asTheyCameUp } as const;
    if (soldPackageId) {
      if (chargeIds) throw new PlannedChargesUnclear();
      const units = await em.find(PackageUnit, { soldPackageId });
      if (units.length === 0) throw new SoldPackageNotFound();
      return em.find(Charge, { ...open, source: 'package', sourceId: { $in: units.map(({ id }) => id) } }, how);
    }
    if (!chargeIds) return em.find(Charge, open, how);
    return namedCharges(em, studentId, chargeIds, lockMode);
  }
}

function cuttable({ id, gross, vat, vatRateBp }: Charge) {
  return { id, gross, vat: vat ?? vatIncluded(gross, vatRateBp).vat };
}

function amountsOf(instalments: readonly WishedInstalment[]): Money[] {
  return instalments.map(({ amount }) => amount);
}

function instalmentsOf(wish: PlanWish, total: Money, today: LocalDate): readonly WishedInstalment[] {
  const { instalments, count, firstDueOn, everyWeeks } = wish;
  if (instalments) {
    if (count || firstDueOn || everyWeeks) throw new InstalmentScheduleUnclear();
    const isTotal = instalments.every(({ amount: { amount, currency } }) => amount > 0 && currency === total.currency);
    if (!isTotal || !Money.sum(amountsOf(instalments)).equals(total)) throw new InstalmentsNotTotal(total);
    const dates = instalments.map(({ dueOn }) => dueOn);
    if (!areInOrder(dates, today)) throw new InstalmentDatesWrong('instalments');
    return instalments;
  }
  if (!count || !firstDueOn) throw new InstalmentScheduleUnclear();
  if (!isWithinReach(firstDueOn, today)) throw new InstalmentDatesWrong();
  const dates = dueDates({ count, firstDueOn, everyWeeks });
  if (!areInOrder(dates, today)) throw new InstalmentDatesWrong();
  const amounts = total.split(count);
  if (!amounts.at(-1)!.isPositive) throw new InstalmentsNotTotal(total);
  return dates.map((dueOn, index) => ({ dueOn, amount: amounts[index]! }));
}
