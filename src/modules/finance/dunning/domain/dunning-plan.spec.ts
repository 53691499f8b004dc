import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../../test/support/properties.js';
import { addDays } from '../../../../platform/values/zone.js';
import { type DunningPlan, feeLimitsOn, nextStep, noDunning, type TakenStep, withinLaw } from './dunning-plan.js';

const dueOn = '2026-12-01';
const plan: DunningPlan = { ...noDunning, reminderAfterDays: 5, feeAfterDays: 10, stopAfterDays: 30 };

/** What a school does when nobody ever pays, day by day. */
function course(of: DunningPlan, days: number): (TakenStep & { readonly day: number })[] {
  const taken: (TakenStep & { readonly day: number })[] = [];
  for (let day = 0; day <= days; day++) {
    const today = addDays(dueOn, day);
    const step = nextStep(of, dueOn, taken, today);
    if (step) taken.push({ step, takenOn: today, day });
  }
  return taken;
}

describe('the reminders of an invoice', () => {
  it('come in their order, ten days apart', () => {
    expect(course(plan, 60).map(({ step, day }) => [step, day])).toEqual([
      ['reminder', 5],
      ['fee_1', 15],
      ['fee_2', 25],
      ['booking_stop', 30],
      ['fee_3', 35],
    ]);
  });

  it('are none until the school says so', () => {
    expect(course(noDunning, 400)).toEqual([]);
  });

  it('each come once, and fees never closer or more often than the law allows, whatever the plan says', () => {
    const days = fc.option(fc.integer({ min: 0, max: 60 }), { nil: null });
    const plans = fc.record({
      reminderAfterDays: days,
      feeAfterDays: days,
      feeMinor: fc.integer({ min: 0, max: 50_000 }),
      feeReminders: fc.integer({ min: 0, max: 9 }),
      daysBetween: fc.integer({ min: 1, max: 30 }),
      stopAfterDays: days,
    });
    fc.assert(
      fc.property(plans, (wish) => {
        const lawful = withinLaw(wish, dueOn);
        const law = feeLimitsOn(dueOn);
        expect(lawful.feeMinor).toBeLessThanOrEqual(law.feeMinor);
        const steps = course(lawful, 100);
        expect(new Set(steps.map(({ step }) => step)).size).toBe(steps.length);
        const fees = steps.filter(({ step }) => step.startsWith('fee'));
        expect(fees.length).toBeLessThanOrEqual(law.feeReminders);
        const reminders = steps.filter(({ step }) => step !== 'booking_stop').map(({ day }) => day);
        for (const [index, day] of reminders.entries())
          if (index > 0) expect(day - reminders[index - 1]!).toBeGreaterThanOrEqual(law.daysBetween);
      }),
    );
  });
});
