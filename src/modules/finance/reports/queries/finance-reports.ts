import { Injectable } from '@nestjs/common';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import type { AccountKind } from '../../domain/account-plan.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { checkPeriod, type Period } from '../domain/period.js';
import { Movements } from './movements.js';

export interface BalanceRow {
  readonly code: string;
  readonly name: string;
  readonly kind: AccountKind;
  readonly debit: Money;
  readonly credit: Money;
  /** Debit less credit. */
  readonly balance: Money;
}

export interface TrialBalance {
  readonly on: LocalDate;
  readonly accounts: readonly BalanceRow[];
  readonly debit: Money;
  readonly credit: Money;
}

export interface VatRateRow {
  readonly vatRateBp: number;
  readonly net: Money;
  readonly vat: Money;
}

export interface VatReport extends Period {
  readonly rates: readonly VatRateRow[];
  readonly net: Money;
  readonly vat: Money;
}

export const revenueGroups = ['day', 'month', 'product', 'teacher'] as const;
export type RevenueGroup = (typeof revenueGroups)[number];

export interface RevenueRow {
  /** The day, the month (YYYY-MM), or the product's or the teacher's name. */
  readonly label: string | null;
  readonly productId: Id | null;
  readonly teacherId: Id | null;
  readonly amount: Money;
}

export interface RevenueReport extends Period {
  readonly by: RevenueGroup;
  readonly rows: readonly RevenueRow[];
  readonly total: Money;
}

const beginning = '1900-01-01';

/** What the ledger says of a period, in the school's currency. */
@Injectable()
export class FinanceReports {
  constructor(
    private readonly movements: Movements,
    private readonly sellers: SellerReader,
  ) {}

  /** All accounts with what went through them until that day; debit and credit are alike. */
  async trialBalance(on: LocalDate): Promise<TrialBalance> {
    const { currency } = await this.sellers.terms();
    const money = (minor: number) => Money.of(minor, currency);
    const rows = await this.movements.byCode(currency, { from: beginning, until: on });
    const accounts = rows.map(({ code, name, kind, debit, credit }) => {
      const balance = money(debit - credit);
      return { code, name, kind, debit: money(debit), credit: money(credit), balance };
    });
    const total = (side: 'debit' | 'credit') =>
      Money.sum(
        accounts.map((row) => row[side]),
        currency,
      );
    return { on, accounts, debit: total('debit'), credit: total('credit') };
  }

  /** What was invoiced and credited in the period, by rate: VAT is owed then, whenever it is delivered. @throws PeriodInvalid */
  async vat(period: Period): Promise<VatReport> {
    checkPeriod(period);
    const { currency } = await this.sellers.terms();
    const money = (minor: number) => Money.of(minor, currency);
    const rows = await this.movements.byRate(currency, period);
    const of = (rate: number, isVat: boolean) => {
      const row = rows.find((each) => each.rate === rate && each.isVat === isVat);
      return money(row?.net ?? 0);
    };
    const rates = [...new Set(rows.map(({ rate }) => rate))]
      .map((vatRateBp) => ({ vatRateBp, net: of(vatRateBp, false), vat: of(vatRateBp, true) }))
      .filter(({ net, vat }) => !net.isZero || !vat.isZero);
    const sum = (side: 'net' | 'vat') =>
      Money.sum(
        rates.map((row) => row[side]),
        currency,
      );
    return { ...only(period), rates, net: sum('net'), vat: sum('vat') };
  }

  /** What was earned in the period, without VAT. @throws PeriodInvalid */
  async revenue(period: Period, by: RevenueGroup): Promise<RevenueReport> {
    checkPeriod(period);
    const { currency } = await this.sellers.terms();
    const found =
      by === 'product' || by === 'teacher'
        ? await this.byName(currency, period, by)
        : await this.ofDays(currency, period, by);
    const rows = found.filter(({ amount }) => !amount.isZero);
    const total = Money.sum(
      rows.map(({ amount }) => amount),
      currency,
    );
    return { ...only(period), by, rows, total };
  }

  private async byName(currency: string, period: Period, by: 'product' | 'teacher'): Promise<RevenueRow[]> {
    const rows = await (by === 'product'
      ? this.movements.byProduct(currency, period)
      : this.movements.byTeacher(currency, period));
    return rows
      .map(({ of, name, net }) => ({
        label: name,
        productId: by === 'product' ? of : null,
        teacherId: by === 'teacher' ? of : null,
        amount: Money.of(net, currency),
      }))
      .sort((a, b) => b.amount.amount - a.amount.amount);
  }

  private async ofDays(currency: string, period: Period, by: 'day' | 'month'): Promise<RevenueRow[]> {
    const sums = new Map<string, number>();
    for (const [day, minor] of await this.movements.byDay(currency, period)) {
      const label = by === 'day' ? day : day.slice(0, 7);
      sums.set(label, (sums.get(label) ?? 0) + minor);
    }
    return [...sums]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([label, minor]) => ({ label, productId: null, teacherId: null, amount: Money.of(minor, currency) }));
  }
}

/** Without what else a query may carry. */
function only({ from, until }: Period): Period {
  return { from, until };
}
