import { Money } from '../../../../platform/values/money.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import type { BookingSettings, LessonTypeRules, Prepayment, StudentBookingRules } from './settings.js';

/** Amount and currency, as Money and its DTO both are. */
interface Amount {
  readonly amount: number;
  readonly currency: string;
}

export interface BookingSettingsView {
  readonly studentsBook: boolean;
  readonly noticeMinutes: number;
  readonly horizonDays: number | null;
  readonly maxPerDay: number | null;
  readonly maxPerWeek: number | null;
  readonly arrearsLimit: Amount | null;
  readonly holdMinutes: number;
}

export interface LessonTypeRulesView {
  readonly noticeMinutes: number | null;
  readonly horizonDays: number | null;
  readonly maxPerDay: number | null;
  readonly maxPerWeek: number | null;
  readonly prepayment: Prepayment;
  readonly deposit: Amount | null;
  readonly theoryPercent?: number | null;
}

export interface StudentBookingRulesView {
  readonly open: boolean | null;
  readonly openUntil: LocalDate | null;
  readonly maxPerDay: number | null;
  readonly maxPerWeek: number | null;
}

export function settingsView(row: BookingSettings | null, currency: string): BookingSettingsView {
  return {
    studentsBook: row?.studentsBook ?? true,
    noticeMinutes: row?.noticeMinutes ?? 0,
    horizonDays: row?.horizonDays ?? null,
    maxPerDay: row?.maxPerDay ?? null,
    maxPerWeek: row?.maxPerWeek ?? null,
    arrearsLimit: moneyOf(row?.arrearsLimitMinor, currency),
    holdMinutes: row?.holdMinutes ?? 30,
  };
}

export function typeRulesView(row: LessonTypeRules | null, currency: string): LessonTypeRulesView {
  return {
    noticeMinutes: row?.noticeMinutes ?? null,
    horizonDays: row?.horizonDays ?? null,
    maxPerDay: row?.maxPerDay ?? null,
    maxPerWeek: row?.maxPerWeek ?? null,
    prepayment: row?.prepayment ?? 'none',
    deposit: moneyOf(row?.depositMinor, currency),
    theoryPercent: row?.theoryPercent ?? null,
  };
}

export function studentRulesView(row: StudentBookingRules | null): StudentBookingRulesView {
  return {
    open: row?.open ?? null,
    openUntil: row?.openUntil ?? null,
    maxPerDay: row?.maxPerDay ?? null,
    maxPerWeek: row?.maxPerWeek ?? null,
  };
}

function moneyOf(minor: number | null | undefined, currency: string): Amount | null {
  return minor === null || minor === undefined ? null : Money.of(minor, currency).toJSON();
}
