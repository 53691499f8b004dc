import { defineEntity } from '@mikro-orm/core';
import { id, int, json, localTime, schoolScoped } from '../../../../platform/database/columns.js';
import type { FieldProblem, Texts } from '../../../../platform/http/problem.js';
import type { LocalDate, LocalTime } from '../../../../platform/values/zone.js';
import type { Notice } from '../../../schools/index.js';
import { InvalidExamSettings } from './exam-problems.js';
import type { ExamKind } from './exam-state.js';

/** What an exam of the kind costs from that date on. */
export interface ExamFee {
  readonly kind: ExamKind;
  readonly validFrom: LocalDate;
  readonly amount: { readonly amount: number; readonly currency: string };
}

/** What the authorities' rules are at present, as the school has written them down. */
export interface ExamRules {
  /** Until so many working days before, at that time, cancelling an exam is free. */
  readonly deadlineWorkingDays: number;
  readonly deadlineTime: LocalTime;
  /** So many days lie between a failed exam and the next. */
  readonly theoryRetryDays: number;
  readonly practicalRetryDays: number;
  readonly fees: readonly ExamFee[];
}

/** Where a school has not said otherwise. */
export const defaultExamRules: ExamRules = {
  deadlineWorkingDays: 5,
  deadlineTime: '12:00',
  theoryRetryDays: 0,
  practicalRetryDays: 7,
  fees: [],
};

export const ExamSettingsSchema = defineEntity({
  name: 'ExamSettings',
  tableName: 'exam_settings',
  ...schoolScoped,
  properties: {
    schoolId: id().primary(),
    deadlineWorkingDays: int(),
    deadlineTime: localTime(),
    theoryRetryDays: int(),
    practicalRetryDays: int(),
    fees: json<readonly ExamFee[]>(),
  },
});

export class ExamSettings extends ExamSettingsSchema.class {
  /** @throws InvalidExamSettings */
  change(rules: ExamRules, currency: string): void {
    checkFees(rules.fees, currency);
    Object.assign(this, rules);
  }
}
ExamSettingsSchema.setClass(ExamSettings);

const negative: Texts = { en: 'must not be negative', da: 'må ikke være negativ' };
const twice: Texts = {
  en: 'stands twice: from one date on an exam has one fee',
  da: 'står to gange: fra én dato har en prøve ét gebyr',
};

function checkFees(fees: readonly ExamFee[], currency: string): void {
  const foreign: Texts = { en: `must be in ${currency}`, da: `skal være i ${currency}` };
  const isRepeated = (fee: ExamFee, index: number) =>
    fees.findIndex((other) => other.kind === fee.kind && other.validFrom === fee.validFrom) < index;
  const problems = fees.flatMap((fee, index): FieldProblem[] => [
    ...(fee.amount.amount < 0 ? [{ field: `fees.${index}.amount.amount`, message: negative }] : []),
    ...(fee.amount.currency === currency ? [] : [{ field: `fees.${index}.amount.currency`, message: foreign }]),
    ...(isRepeated(fee, index) ? [{ field: `fees.${index}.validFrom`, message: twice }] : []),
  ]);
  if (problems.length > 0) throw new InvalidExamSettings(problems);
}

/** The fee of an exam on that date in minor units; nothing when the school has written none down. */
export function feeMinorOn({ fees }: ExamRules, kind: ExamKind, date: LocalDate): number {
  const valid = fees.filter((fee) => fee.kind === kind && fee.validFrom <= date);
  const latest = valid.toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0];
  return latest?.amount.amount ?? 0;
}

export function retryDays(rules: ExamRules, kind: ExamKind): number {
  return kind === 'theory' ? rules.theoryRetryDays : rules.practicalRetryDays;
}

export function deadlineNotice({ deadlineWorkingDays, deadlineTime }: ExamRules): Notice {
  return { clock: 'working_days_before', before: deadlineWorkingDays, time: deadlineTime };
}
