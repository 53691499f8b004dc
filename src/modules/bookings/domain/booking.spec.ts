import { describe, expect, it } from '@jest/globals';
import { newId } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { bookingStates, type BookingState } from './booking-state.js';
import { nextState, type BookingVerb } from './booking-transitions.js';
import { Booking } from './booking.js';
import { BookingClosed } from './errors.js';

const at = new Date('2026-11-20T08:00:00Z');

function booked(): Booking {
  const terms = {
    lessonTypeId: newId(),
    minutes: 45,
    setupMinutes: 15,
    bufferMinutes: 0,
    price: Money.of(65_000),
    vatRateBp: 2500,
    cancelNoticeHours: 24,
    lateFeeMinor: 30_000,
  };
  const who = {
    id: newId(),
    schoolId: newId(),
    studentId: newId(),
    teacherId: newId(),
    vehicleId: null,
    createdBy: newId(),
  };
  return Booking.book({ ...who, startsAt: new Date('2026-11-23T09:00:00Z'), terms }, at);
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
    booking.move({ startsAt: new Date('2026-11-25T12:15:00Z'), teacherId, vehicleId: null });
    expect(booking).toMatchObject({
      state: 'booked',
      teacherId,
      endsAt: new Date('2026-11-25T13:00:00Z'),
      cancelBy: new Date('2026-11-24T12:15:00Z'),
      priceMinor: 65_000,
    });
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
