import type { FieldProblem, Texts } from '../../../platform/http/problem.js';
import type { FacilityKind } from './facility.js';
import { simply, type CancellationPolicy } from './cancellation-policy.js';
import { checkCancellation } from './cancellation-rules.js';
import type { LicenceClass } from './licence-class.js';
import type { Price } from './price.js';
import { InvalidLessonType } from './school-problems.js';
import type { ReminderLeads } from './reminder-leads.js';
import type { Gearbox } from './vehicle.js';

/** What a lesson takes besides its teacher, who must have the licence class. */
export interface LessonNeeds {
  readonly needsVehicle: boolean;
  /** Decides who may teach it, and which trailer is needed. */
  readonly licenceClass: LicenceClass;
  /** The class of the vehicle where it is another: a B car pulls the trailer of BE. Null: the licence class. */
  readonly vehicleClass: LicenceClass | null;
  /** Null: either. */
  readonly gearbox: Gearbox | null;
  readonly needsTrailer: boolean;
  /** A place on a track or skid pad, or a room. Null: none. */
  readonly facilityKind: FacilityKind | null;
}

type OptionalNeeds = Partial<Pick<LessonNeeds, 'vehicleClass' | 'gearbox' | 'needsTrailer' | 'facilityKind'>>;

export interface LessonTypeDetails extends OptionalNeeds {
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
  /** What cancelling costs when, and staying away. */
  readonly cancellation?: CancellationPolicy;
  /** The same said in short, instead: up to so many hours before it is free, then it costs the fee. */
  readonly cancelNoticeHours?: number | null;
  readonly cancelFee?: Price | null;
  readonly bookableByStudents: boolean;
  /** When students are reminded; null or left out: as the school does. */
  readonly reminders?: ReminderLeads | null;
}

const quarters: Texts = { en: 'must be a multiple of 15', da: 'skal være et multiplum af 15' };
const length: Texts = { en: 'must be between 15 and 480', da: 'skal være mellem 15 og 480' };
const negative: Texts = { en: 'must not be negative', da: 'må ikke være negativ' };
const noVehicle: Texts = {
  en: 'needs a vehicle: set needsVehicle to true, or leave this out',
  da: 'kræver et køretøj: sæt needsVehicle til true, eller udelad dette',
};
const sameTwice: Texts = {
  en: 'must say the same as cancelNoticeHours and cancelFee, or they must be left out',
  da: 'skal sige det samme som cancelNoticeHours og cancelFee, ellers skal de udelades',
};
const needed: Texts = { en: 'must be given', da: 'skal angives' };
const bothNeeded: Texts = {
  en: 'must be given too: hours and fee belong together',
  da: 'skal også angives: timer og gebyr hører sammen',
};
const rate: Texts = { en: 'must be between 0 and 10000', da: 'skal være mellem 0 og 10000' };

/**
 * Checks the fields that are given.
 * @throws InvalidLessonType naming every wrong field
 */
export function checkLessonType(details: Partial<LessonTypeDetails>, currency: string): void {
  const problems = [
    ...checkMinutes(details),
    ...checkPrice('price', details.price, currency),
    ...checkPrice('cancelFee', details.cancelFee ?? undefined, currency),
    ...(details.cancellation ? checkCancellation(details.cancellation, currency, 'cancellation') : []),
    ...check('vatRateBp', details.vatRateBp, (bp) => bp >= 0 && bp <= 10_000, rate),
  ];
  if (problems.length > 0) throw new InvalidLessonType(problems);
}

/** What is said of the vehicle means nothing without one. @throws InvalidLessonType naming every wrong field */
export function checkNeeds({ needsVehicle, vehicleClass, gearbox, needsTrailer }: Partial<LessonNeeds>): void {
  if (needsVehicle) return;
  const said = { vehicleClass, gearbox, needsTrailer };
  const fields = Object.entries(said).filter(([, value]) => Boolean(value));
  if (fields.length > 0) throw new InvalidLessonType(fields.map(([field]) => ({ field, message: noVehicle })));
}

/**
 * Cancelling is said in full or in short, and in short by both fields. In both ways it must be the same: what was read may be sent back.
 * @param standing what is said so far
 * @throws InvalidLessonType
 */
export function checkCancellationForm(
  { cancellation, cancelNoticeHours, cancelFee }: Partial<LessonTypeDetails>,
  standing: 'nothing' | 'short' | 'full',
): void {
  const [hours, fee] = [cancelNoticeHours ?? undefined, cancelFee ?? undefined];
  const saysNothing = hours === undefined && fee === undefined;
  const missing = hours === undefined ? 'cancelNoticeHours' : 'cancelFee';
  const isHalf = !saysNothing && (hours === undefined || fee === undefined);
  const problems = [
    ...check('cancellation', cancellation, (policy) => saysNothing || saysTheSame(policy, hours, fee), sameTwice),
    ...(isHalf && !cancellation && standing !== 'short' ? [{ field: missing, message: bothNeeded }] : []),
    ...(saysNothing && !cancellation && standing === 'nothing' ? [{ field: 'cancellation', message: needed }] : []),
  ];
  if (problems.length > 0) throw new InvalidLessonType(problems);
}

function saysTheSame(policy: CancellationPolicy, hours: number | undefined, fee: Price | undefined): boolean {
  const short = simply(policy);
  return short?.hours === hours && short?.fee.amount === fee?.amount && short?.fee.currency === fee?.currency;
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
