import { describe, expect, it } from '@jest/globals';
import { policyOf } from './cancellation-policy.js';
import { checkCancellationForm, checkLessonType, type LessonTypeDetails } from './lesson-type-rules.js';
import { InvalidLessonType } from './school-problems.js';

function wrongFields(details: Partial<LessonTypeDetails>): string[] {
  try {
    checkLessonType(details, 'DKK');
    return [];
  } catch (error) {
    return (error as InvalidLessonType).fields.map(({ field }) => field);
  }
}

const kroner = (amount: number) => ({ amount: amount * 100, currency: 'DKK' });

describe('a lesson type', () => {
  it('checks what is given, and only that', () => {
    expect(wrongFields({})).toEqual([]);
    expect(
      wrongFields({ minutes: 45, price: kroner(650), cancelFee: kroner(0), vatRateBp: 2500, bufferMinutes: 15 }),
    ).toEqual([]);
  });

  it.each([15, 45, 480])('may last %i minutes', (minutes) => expect(wrongFields({ minutes })).toEqual([]));

  it.each([0, -15, 10, 50, 495])('may not last %i minutes', (minutes) =>
    expect(wrongFields({ minutes })).toEqual(['minutes']),
  );

  it('names every wrong field', () => {
    const price = { amount: -1, currency: 'EUR' };
    expect(
      wrongFields({ setupMinutes: 5, bufferMinutes: 20, price, cancelFee: kroner(-1), vatRateBp: 10_001 }),
    ).toEqual(['setupMinutes', 'bufferMinutes', 'price.amount', 'price.currency', 'cancelFee.amount', 'vatRateBp']);
  });
});

describe('how cancelling is said', () => {
  const policy = { steps: [], noShow: { amount: null, percent: 100 } };

  function wrong(details: Partial<LessonTypeDetails>, standing: 'nothing' | 'short' | 'full'): string[] {
    try {
      checkCancellationForm(details, standing);
      return [];
    } catch (error) {
      return (error as InvalidLessonType).fields.map(({ field }) => field);
    }
  }

  it('is in full or in short, and in short by both fields', () => {
    const both = { cancelNoticeHours: 24, cancelFee: kroner(300) };
    expect(wrong({}, 'nothing')).toEqual(['cancellation']);
    expect(wrong({}, 'full')).toEqual([]);
    expect(wrong(both, 'nothing')).toEqual([]);
    expect(wrong({ cancellation: policy }, 'nothing')).toEqual([]);
    expect(wrong({ cancellation: policy, ...both }, 'short')).toEqual(['cancellation']);
    const same = policyOf({ hours: 24, fee: kroner(300) });
    expect(wrong({ cancellation: same, ...both }, 'short')).toEqual([]);
    expect(wrong({ cancellation: policy, cancelNoticeHours: null, cancelFee: null }, 'full')).toEqual([]);
    expect(wrong({ cancelNoticeHours: 24 }, 'short')).toEqual([]);
    expect(wrong({ cancelNoticeHours: 24 }, 'full')).toEqual(['cancelFee']);
    expect(wrong({ cancelFee: kroner(300) }, 'nothing')).toEqual(['cancelNoticeHours']);
  });
});
