import { addDays, type LocalDate } from '../../../../platform/values/zone.js';

export const dunningStepNames = ['reminder', 'fee_1', 'fee_2', 'fee_3', 'booking_stop'] as const;
export type DunningStepName = (typeof dunningStepNames)[number];
export const feeSteps = ['fee_1', 'fee_2', 'fee_3'] as const;

/** After how many days beyond the due date what is done; null: never. */
export interface DunningPlan {
  readonly reminderAfterDays: number | null;
  readonly feeAfterDays: number | null;
  readonly feeMinor: number;
  readonly feeReminders: number;
  readonly daysBetween: number;
  readonly stopAfterDays: number | null;
}

/** Until a school says otherwise nobody is reminded; the fee is what the law allows. */
export const noDunning: DunningPlan = {
  reminderAfterDays: null,
  feeAfterDays: null,
  feeMinor: 10_000,
  feeReminders: 3,
  daysBetween: 10,
  stopAfterDays: null,
};

export interface FeeLimits {
  readonly feeMinor: number;
  readonly feeReminders: number;
  readonly daysBetween: number;
}

// Renteloven § 9 b: at most 100 kr. a reminder, three of them for one debt, ten days apart.
const limits: readonly (FeeLimits & { readonly from: LocalDate })[] = [
  { from: '2013-03-01', feeMinor: 10_000, feeReminders: 3, daysBetween: 10 },
];

/** What the law allows on a day. */
export function feeLimitsOn(day: LocalDate): FeeLimits {
  return limits.findLast(({ from }) => from <= day) ?? limits[0]!;
}

/** A plan within what the law allows on that day, should it have become stricter since the plan was made. */
export function withinLaw(plan: DunningPlan, day: LocalDate): DunningPlan {
  const law = feeLimitsOn(day);
  return {
    ...plan,
    feeMinor: Math.min(plan.feeMinor, law.feeMinor),
    feeReminders: Math.min(plan.feeReminders, law.feeReminders),
    daysBetween: Math.max(plan.daysBetween, law.daysBetween),
  };
}

export interface TakenStep {
  readonly step: DunningStepName;
  readonly takenOn: LocalDate;
}

/** The one step that is due today, if any: each once, in their order, reminders never closer than the plan says. */
export function nextStep(
  plan: DunningPlan,
  dueOn: LocalDate,
  taken: readonly TakenStep[],
  today: LocalDate,
): DunningStepName | null {
  const has = (step: DunningStepName) => taken.some((each) => each.step === step);
  const isOver = (days: number | null): days is number => days !== null && addDays(dueOn, days) <= today;
  const reminded = taken.filter(({ step }) => step !== 'booking_stop').map(({ takenOn }) => takenOn);
  const last = reminded.sort().at(-1);
  const isApart = last === undefined || addDays(last, plan.daysBetween) <= today;
  const fee = feeSteps.slice(0, plan.feeReminders).find((step) => !has(step));
  if (isOver(plan.feeAfterDays) && plan.feeMinor > 0 && fee && (has('reminder') || !isOver(plan.reminderAfterDays)))
    if (isApart) return fee;
  // After a fee, a friendly word would come too late.
  const isFirst = reminded.length === 0;
  if (isOver(plan.reminderAfterDays) && isFirst) return 'reminder';
  return isOver(plan.stopAfterDays) && !has('booking_stop') ? 'booking_stop' : null;
}

/** The first day on which an invoice may be due for anything: those due later are not looked at. */
export function lastDueDate(plan: DunningPlan, today: LocalDate): LocalDate | null {
  const days = [plan.reminderAfterDays, plan.feeAfterDays, plan.stopAfterDays].filter((each) => each !== null);
  return days.length === 0 ? null : addDays(today, -Math.min(...days));
}
