import { describe, expect, it } from '@jest/globals';
import { askAt, expiryOf } from './offer-timing.js';

const zone = 'Europe/Copenhagen';
const at = (text: string) => new Date(`${text}Z`);

describe('asking for a free time', () => {
  it('waits for the morning, unless the lesson is soon after it', () => {
    const night = at('2026-11-20T22:30:00');
    expect(askAt(night, at('2026-11-23T09:00:00'), zone)).toEqual(at('2026-11-21T06:00:00'));
    expect(askAt(night, at('2026-11-21T09:00:00'), zone)).toEqual(at('2026-11-21T06:00:00'));
    expect(askAt(night, at('2026-11-21T08:45:00'), zone)).toEqual(night);
    expect(askAt(at('2026-11-20T05:59:00'), at('2026-11-23T09:00:00'), zone)).toEqual(at('2026-11-20T06:00:00'));
  });

  it('happens at once by day', () => {
    for (const time of ['2026-11-20T06:00:00', '2026-11-20T19:59:00'])
      expect(askAt(at(time), at('2026-11-23T09:00:00'), zone)).toEqual(at(time));
    expect(askAt(at('2026-11-20T20:00:00'), at('2026-11-23T09:00:00'), zone)).toEqual(at('2026-11-21T06:00:00'));
  });

  it('waits for the morning of the clocks there are, in the night in which they change', () => {
    expect(askAt(at('2027-03-27T23:00:00'), at('2027-03-30T09:00:00'), zone)).toEqual(at('2027-03-28T05:00:00'));
    expect(askAt(at('2026-10-24T23:00:00'), at('2026-10-30T09:00:00'), zone)).toEqual(at('2026-10-25T06:00:00'));
  });
});

describe('an offer', () => {
  it('stands for a quarter of the time that is left, at most six hours', () => {
    expect(expiryOf(at('2026-11-20T08:00:00'), at('2026-11-20T16:00:00'), zone)).toEqual(at('2026-11-20T10:00:00'));
    expect(expiryOf(at('2026-11-20T08:00:00'), at('2026-11-25T16:00:00'), zone)).toEqual(at('2026-11-20T14:00:00'));
  });

  it('stands for twenty minutes at least, but never until the lesson begins', () => {
    expect(expiryOf(at('2026-11-20T08:00:00'), at('2026-11-20T09:00:00'), zone)).toEqual(at('2026-11-20T08:20:00'));
    expect(expiryOf(at('2026-11-20T08:00:00'), at('2026-11-20T08:30:00'), zone)).toEqual(at('2026-11-20T08:15:00'));
    expect(expiryOf(at('2026-11-20T08:15:00'), at('2026-11-20T08:30:00'), zone)).toBeNull();
  });

  it('does not run out in the night', () => {
    expect(expiryOf(at('2026-11-20T18:00:00'), at('2026-11-25T16:00:00'), zone)).toEqual(at('2026-11-21T07:00:00'));
    expect(expiryOf(at('2026-11-20T18:00:00'), at('2026-11-21T07:00:00'), zone)).toEqual(at('2026-11-21T06:45:00'));
  });
});
