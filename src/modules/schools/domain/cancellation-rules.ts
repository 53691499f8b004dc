import type { FieldProblem, Texts } from '../../../platform/http/problem.js';
import type { CancellationClock, CancellationPolicy, CancellationStep, Fee } from './cancellation-policy.js';

const range: Record<CancellationClock, readonly [number, number]> = {
  hours_before: [0, 720],
  wall_clock: [0, 60],
  working_days_before: [1, 40],
};

const oneOfTwo: Texts = { en: 'must be an amount or a percentage', da: 'skal være et beløb eller en procentdel' };
const noTime: Texts = {
  en: 'must be left out where hours are counted',
  da: 'skal udelades, hvor der tælles timer',
};
const needsTime: Texts = { en: 'must say the time of day', da: 'skal angive klokkeslættet' };
const negative: Texts = { en: 'must not be negative', da: 'må ikke være negativ' };
const share: Texts = { en: 'must be between 0 and 100', da: 'skal være mellem 0 og 100' };
const later: Texts = {
  en: 'must be fewer than in the step before: steps are in order of time',
  da: 'skal være færre end i trinnet før: trinene står i tidens rækkefølge',
};
const dearer: Texts = {
  en: 'must not be less than in the step before: a later cancellation costs no less',
  da: 'må ikke være mindre end i trinnet før: en senere aflysning koster ikke mindre',
};

/** Every wrong field of the policy, as paths that begin with `path`. */
export function checkCancellation(policy: CancellationPolicy, currency: string, path: string): FieldProblem[] {
  return [
    ...policy.steps.flatMap((step, index) => [
      ...checkStep(step, currency, `${path}.steps.${index}`),
      ...checkOrder(policy.steps[index - 1], step, `${path}.steps.${index}`),
    ]),
    ...checkFee(policy.noShow, currency, `${path}.noShow`),
  ];
}

function checkStep({ clock, before, time, fee }: CancellationStep, currency: string, path: string): FieldProblem[] {
  const [min, max] = range[clock];
  const between: Texts = { en: `must be between ${min} and ${max}`, da: `skal være mellem ${min} og ${max}` };
  const counts = clock === 'hours_before';
  return [
    ...unless(before >= min && before <= max, `${path}.before`, between),
    ...unless((time === null) === counts, `${path}.time`, counts ? noTime : needsTime),
    ...checkFee(fee, currency, `${path}.fee`),
  ];
}

function checkFee({ amount, percent }: Fee, currency: string, path: string): FieldProblem[] {
  if ((amount === null) === (percent === null)) return [{ field: path, message: oneOfTwo }];
  if (amount === null) return unless(percent! >= 0 && percent! <= 100, `${path}.percent`, share);
  const foreign: Texts = { en: `must be in ${currency}`, da: `skal være i ${currency}` };
  return [
    ...unless(amount.amount >= 0, `${path}.amount.amount`, negative),
    ...unless(amount.currency === currency, `${path}.amount.currency`, foreign),
  ];
}

/** Only what can be compared without knowing the lesson: the same clock, the same kind of fee. */
function checkOrder(previous: CancellationStep | undefined, step: CancellationStep, path: string): FieldProblem[] {
  if (!previous) return [];
  const sameClock = previous.clock === step.clock;
  const cheaper = (before: number | null | undefined, now: number | null | undefined) =>
    before != null && now != null && now < before;
  return [
    ...unless(!sameClock || comesLater(previous, step), `${path}.before`, later),
    ...unless(
      !cheaper(previous.fee.percent, step.fee.percent) &&
        !cheaper(previous.fee.amount?.amount, step.fee.amount?.amount),
      `${path}.fee`,
      dearer,
    ),
  ];
}

function comesLater(previous: CancellationStep, step: CancellationStep): boolean {
  return (
    step.before < previous.before || (step.before === previous.before && (step.time ?? '') > (previous.time ?? ''))
  );
}

function unless(right: boolean, field: string, message: Texts): FieldProblem[] {
  return right ? [] : [{ field, message }];
}
