import { describe, expect, it } from '@jest/globals';
import { personActor, type Role } from '../../../platform/auth/actor.js';
import { newId } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import {
  cancellationFee,
  checkMayBookType,
  checkMayCancel,
  checkMayMove,
  checkMayReport,
  checkStart,
  waivedPart,
} from './booking-policy.js';
import {
  InThePast,
  LessonNotStarted,
  LessonStarted,
  NotYourLesson,
  OffGrid,
  StaffBooksThis,
  TooFarAhead,
  TooLateToMove,
  WaiverInvalid,
  WaiverNotYours,
} from './errors.js';

const now = new Date('2026-11-23T10:00:00Z');
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);

const actor = (role: Role) => personActor(newId(), newId(), role);

describe('who may book', () => {
  it('is staff alone where the lesson type says so', () => {
    expect(() => checkMayBookType(actor('student'), { bookableByStudents: false })).toThrow(StaffBooksThis);
    expect(() => checkMayBookType(actor('office'), { bookableByStudents: false })).not.toThrow();
    expect(() => checkMayBookType(actor('student'), { bookableByStudents: true })).not.toThrow();
  });
});

describe('a start', () => {
  it('is on a quarter hour', () => {
    expect(() => checkStart(actor('student'), new Date('2026-11-23T11:10:00Z'), now)).toThrow(OffGrid);
    expect(() => checkStart(actor('student'), new Date('2026-11-23T11:15:00.001Z'), now)).toThrow(OffGrid);
  });

  it('is not past for students, and not long past for staff', () => {
    expect(() => checkStart(actor('student'), hours(-1), now)).toThrow(InThePast);
    expect(() => checkStart(actor('teacher'), hours(-1), now)).not.toThrow();
    expect(() => checkStart(actor('teacher'), hours(-24 * 8), now)).toThrow(InThePast);
  });

  it('is within the horizon', () => {
    expect(() => checkStart(actor('owner'), hours(24 * 500), now)).toThrow(TooFarAhead);
  });
});

describe('cancelling and moving', () => {
  it('is free up to and including the deadline', () => {
    const until = (at: Date) => {
      const step = {
        clock: 'hours_before',
        before: 24,
        time: null,
        feeMinor: 30_000,
        until: at.toISOString(),
      } as const;
      return { agreed: { steps: [step], noShowMinor: 65_000 }, currency: 'DKK' };
    };
    expect(cancellationFee(until(now), now, 'student').amount).toBe(0);
    expect(cancellationFee(until(now), new Date(now.getTime() + 1), 'student').amount).toBe(30_000);
    expect(cancellationFee(until(hours(-5)), now, 'school').amount).toBe(0);
  });

  it('is waived by staff, up to the whole fee', () => {
    const fee = Money.of(30_000);
    const asked = (amount: number, currency = 'DKK') => ({ amount: { amount, currency } });
    expect(waivedPart(actor('office'), fee, {}, 'amount')).toEqual(fee);
    expect(waivedPart(actor('teacher'), fee, asked(10_000), 'amount').amount).toBe(10_000);
    for (const wrong of [asked(0), asked(-1), asked(30_001), asked(10_000, 'EUR')])
      expect(() => waivedPart(actor('owner'), fee, wrong, 'waiver.amount')).toThrow(WaiverInvalid);
    for (const role of ['student', 'guardian'] as const)
      expect(() => waivedPart(actor(role), fee, {}, 'amount')).toThrow(WaiverNotYours);
  });

  it('is for students possible before the lesson, moving before the deadline', () => {
    expect(() => checkMayCancel(actor('student'), { startsAt: now }, now)).toThrow(LessonStarted);
    expect(() => checkMayCancel(actor('student'), { startsAt: hours(1) }, now)).not.toThrow();
    expect(() => checkMayMove(actor('student'), { cancelBy: hours(-1) }, now)).toThrow(TooLateToMove);
    expect(() => checkMayMove(actor('student'), { cancelBy: now }, now)).not.toThrow();
    expect(() => checkMayMove(actor('teacher'), { cancelBy: hours(-1) }, now)).not.toThrow();
  });
});

describe('how a lesson went', () => {
  it('is said by its own teacher or the office, once it has begun', () => {
    const teacher = actor('teacher');
    expect(() => checkMayReport(teacher, { userId: teacher.userId }, now, now)).not.toThrow();
    expect(() => checkMayReport(teacher, { userId: newId() }, now, now)).toThrow(NotYourLesson);
    expect(() => checkMayReport(actor('office'), { userId: newId() }, now, now)).not.toThrow();
    expect(() => checkMayReport(actor('student'), null, now, now)).toThrow(NotYourLesson);
    expect(() => checkMayReport(teacher, { userId: teacher.userId }, hours(1), now)).toThrow(LessonNotStarted);
  });
});
