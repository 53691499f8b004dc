import { describe, expect, it } from '@jest/globals';
import { nextCheck } from './next-check.js';

const minute = 60_000;

/** In minutes after the payment began. */
function checks(count: number): number[] {
  const found = [0];
  for (let check = 1; check <= count; check++)
    found.push(nextCheck(new Date(found.at(-1)! * minute), check).getTime() / minute);
  return found.slice(1);
}

describe('when a silent gateway is asked again', () => {
  it('what it kept to itself for ten minutes is asked for within four', () => {
    const times = checks(10);
    for (let began = 0; began <= 10; began += 0.5) {
      const next = times.find((time) => began + time >= 10)!;
      expect(began + next - 10).toBeLessThanOrEqual(4);
    }
  });

  it('at longer and longer pauses, at most a day', () => {
    const times = checks(40);
    const pauses = times.map((time, index) => time - (times[index - 1] ?? 0));
    expect(pauses).toEqual(pauses.toSorted((one, other) => one - other));
    expect(pauses.slice(0, 7)).toEqual([2, 4, 4, 4, 4, 8, 16]);
    expect(pauses.at(-1)).toBe(24 * 60);
  });
});
