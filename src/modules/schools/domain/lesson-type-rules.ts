import type { FieldProblem, Texts } from '../../../platform/http/problem.js';
import type { LicenceClass } from './licence-class.js';
import { InvalidLessonType } from './school-problems.js';

/** Minor units and currency, as Money and its DTO both are. */
export interface Price {
  readonly amount: number;
  readonly currency: string;
}

export interface LessonTypeDetails {
  readonly name: string;
  /** The lesson itself: a multiple of 15 from 15 to 480. */
  readonly minutes: number;
  /** Including VAT, in the school's currency. */
  readonly price: Price;
  /** Basis points: 2500 is 25 %. */
  readonly vatRateBp: number;
  readonly needsVehicle: boolean;
  readonly licenceClass: LicenceClass;
  /** Busy time before and after the lesson: multiples of 15 minutes. */
  readonly setupMinutes: number;
  readonly bufferMinutes: number;
  /** Cancelling later than this costs the fee. */
  readonly cancelNoticeHours: number;
  readonly cancelFee: Price;
  readonly bookableByStudents: boolean;
}

const quarters: Texts = { en: 'must be a multiple of 15', da: 'skal være et multiplum af 15' };
const length: Texts = { en: 'must be between 15 and 480', da: 'skal være mellem 15 og 480' };
const negative: Texts = { en: 'must not be negative', da: 'må ikke være negativ' };
const rate: Texts = { en: 'must be between 0 and 10000', da: 'skal være mellem 0 og 10000' };

/**
 * Checks the fields that are given.
 * @throws InvalidLessonType naming every wrong field
 */
export function checkLessonType(details: Partial<LessonTypeDetails>, currency: string): void {
  const problems = [
    ...checkMinutes(details),
    ...checkPrice('price', details.price, currency),
    ...checkPrice('cancelFee', details.cancelFee, currency),
    ...check('vatRateBp', details.vatRateBp, (bp) => bp >= 0 && bp <= 10_000, rate),
  ];
  if (problems.length > 0) throw new InvalidLessonType(problems);
}

function checkMinutes({ minutes, setupMinutes, bufferMinutes }: Partial<LessonTypeDetails>): FieldProblem[] {
  const onGrid = (value: number) => value % 15 === 0;
  const inRange = check('minutes', minutes, (value) => value >= 15 && value <= 480, length);
  return [
    ...(inRange.length > 0 ? inRange : check('minutes', minutes, onGrid, quarters)),
    ...check('setupMinutes', setupMinutes, onGrid, quarters),
    ...check('bufferMinutes', bufferMinutes, onGrid, quarters),
  ];
}

function checkPrice(field: string, price: Price | undefined, currency: string): FieldProblem[] {
  const foreign: Texts = { en: `must be in ${currency}`, da: `skal være i ${currency}` };
  return [
    ...check(`${field}.amount`, price?.amount, (amount) => amount >= 0, negative),
    ...check(`${field}.currency`, price?.currency, (given) => given === currency, foreign),
  ];
}

function check<T>(field: string, value: T | undefined, isRight: (value: T) => boolean, message: Texts): FieldProblem[] {
  return value === undefined || isRight(value) ? [] : [{ field, message }];
}
