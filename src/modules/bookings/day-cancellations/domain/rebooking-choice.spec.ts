import { describe, expect, it } from '@jest/globals';
import { newId } from '../../../../platform/values/id.js';
import { keyOf, rebookingChoices, type PossibleTime } from './rebooking-choice.js';

const [own, other] = [newId(), newId()];
const zone = 'Europe/Copenhagen';
const at = (text: string, teacherId = own): PossibleTime => ({ startsAt: new Date(text), teacherId });
const cancelled = { startsAt: new Date('2026-11-23T09:00:00Z'), teacherId: own, zone, offered: new Set<string>() };

describe('the times offered for a cancelled lesson', () => {
  it('are on days of their own, each nearest to its time of day, soonest first', () => {
    const free = [
      at('2026-11-25T07:00:00Z'),
      at('2026-11-24T07:00:00Z'),
      at('2026-11-24T08:45:00Z'),
      at('2026-11-24T12:00:00Z'),
      at('2026-11-26T10:00:00Z'),
      at('2026-11-27T09:00:00Z'),
    ];
    const starts = rebookingChoices(free, cancelled, 3).map(({ startsAt }) => startsAt.toISOString().slice(5, 16));
    expect(starts).toEqual(['11-24T08:45', '11-25T07:00', '11-26T10:00']);
  });

  it('are the own teacher’s, and others’ on the days on which he has none', () => {
    const free = [at('2026-11-24T09:00:00Z', other), at('2026-11-25T09:00:00Z', other), at('2026-11-25T15:00:00Z')];
    expect(rebookingChoices(free, cancelled, 3)).toEqual([free[0], free[2]]);
  });

  it('are those that nobody else of the day was offered, while there are others', () => {
    const [first, second] = [at('2026-11-24T09:00:00Z'), at('2026-11-24T14:00:00Z')];
    const offered = new Set([keyOf(first)]);
    expect(rebookingChoices([first, second], { ...cancelled, offered }, 3)).toEqual([second]);
    expect(rebookingChoices([first], { ...cancelled, offered }, 3)).toEqual([first]);
    expect(rebookingChoices([], cancelled, 3)).toEqual([]);
  });

  it('lie at the same time of day across the change of the clocks', () => {
    const summer = { ...cancelled, startsAt: new Date('2027-03-26T09:00:00Z') };
    const free = [at('2027-03-29T08:00:00Z'), at('2027-03-29T09:00:00Z')];
    expect(rebookingChoices(free, summer, 3)).toEqual([free[0]]);
  });
});
