import { describe, expect, it } from '@jest/globals';
import { newId } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { policyOf, WorkingDays } from '../../schools/index.js';
import { agree } from './agreed-cancellation.js';
import { bookingStates, type BookingState } from './booking-state.js';
import { nextState, type BookingVerb } from './booking-transitions.js';
import { Booking } from './booking.js';
import { BookingClosed } from './errors.js';

const nowhere = { vehicleId: null, trailerId: null, facilityId: null, facilityPlace: null, locationId: null };
const at = new Date('2026-11-20T08:00:00Z');
const start = new Date('2026-11-23T09:00:00Z');
const calendar = { zone: 'Europe/Copenhagen', workingDays: new WorkingDays() };
const kroner = (amount: number) => ({ amount: amount * 100, currency: 'DKK' });

function booked(): Booking {
  const terms = {
    lessonTypeId: newId(),
    minutes: 45,
    setupMinutes: 15,
    bufferMinutes: 0,
    price: Money.of(65_000),
    vatRateBp: 2500,
    cancellation: agree(policyOf({ hours: 24, fee: kroner(300) }), Money.of(65_000), start, calendar),
  };
  const who = {
    id: newId(),
    schoolId: newId(),
    studentId: newId(),
    teacherId: newId(),
    ...nowhere,
    createdBy: newId(),
  };
  return Booking.book({ ...who, startsAt: start, terms }, at);
}

describe('a booking', () => {
  it('is left only from booked', () => {
    const verbs: BookingVerb[] = ['move', 'cancel', 'complete', 'noShow'];
    const closed = bookingStates.filter((state): state is Exclude<BookingState, 'booked'> => state !== 'booked');
    for (const verb of verbs) {
      expect(nextState('booked', verb)).toBeDefined();
      for (const state of closed) expect(() => nextState(state, verb)).toThrow(BookingClosed);
    }
  });

  it('knows its end and its last hour for cancelling', () => {
    const booking = booked();
    expect(booking.endsAt).toEqual(new Date('2026-11-23T09:45:00Z'));
    expect(booking.cancelBy).toEqual(new Date('2026-11-22T09:00:00Z'));
  });

  it('keeps length, price and notice when it is moved', () => {
    const booking = booked();
    const teacherId = newId();
    booking.move({ startsAt: new Date('2026-11-25T12:15:00Z'), teacherId, ...nowhere }, calendar);
    expect(booking).toMatchObject({
      state: 'booked',
      teacherId,
      endsAt: new Date('2026-11-25T13:00:00Z'),
      cancelBy: new Date('2026-11-24T12:15:00Z'),
      priceMinor: 65_000,
    });
  });

  it('costs what was agreed when the student stays away', () => {
    const booking = booked();
    booking.noShow();
    expect(booking).toMatchObject({ state: 'no_show', feeMinor: 65_000 });
    booking.waive({ waived: Money.of(15_000), reason: 'Syg' }, newId());
    expect(booking).toMatchObject({ feeMinor: 50_000, waivedMinor: 15_000, waiveReason: 'Syg' });
  });

  it('keeps terms that say more than hours and a fee, and counts them from its new time', () => {
    const step = {
      clock: 'working_days_before',
      before: 1,
      time: '12:00',
      fee: { amount: null, percent: 50 },
    } as const;
    const agreed = agree({ steps: [step], noShow: { amount: null, percent: 80 } }, Money.of(65_000), start, calendar);
    const terms = { lessonTypeId: newId(), minutes: 45, setupMinutes: 0, bufferMinutes: 0, vatRateBp: 0 };
    const who = { id: newId(), schoolId: newId(), studentId: newId(), teacherId: newId(), ...nowhere };
    const price = Money.of(65_000);
    const booking = Booking.book(
      { ...who, createdBy: newId(), startsAt: start, terms: { ...terms, price, cancellation: agreed } },
      at,
    );
    expect(booking).toMatchObject({ cancelBy: new Date('2026-11-20T11:00:00Z'), lateFeeMinor: 32_500 });
    booking.move({ startsAt: new Date('2026-12-28T09:00:00Z'), teacherId: newId(), ...nowhere }, calendar);
    expect(booking).toMatchObject({ cancelBy: new Date('2026-12-24T11:00:00Z'), lateFeeMinor: 32_500 });
    booking.noShow();
    expect(booking.feeMinor).toBe(52_000);
  });

  it('remembers who cancelled it, why and at what cost, and is closed then', () => {
    const booking = booked();
    const by = newId();
    booking.cancel({ by, at, reason: 'ill', fee: Money.of(30_000) });
    expect(booking).toMatchObject({
      state: 'cancelled',
      cancelledBy: by,
      cancelledAt: at,
      cancelReason: 'ill',
      feeMinor: 30_000,
    });
    expect(() => booking.complete()).toThrow(BookingClosed);
  });
});
