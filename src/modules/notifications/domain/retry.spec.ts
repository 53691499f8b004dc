import { describe, expect, it } from '@jest/globals';
import { nextAttempt } from './retry.js';

const created = new Date('2026-11-21T10:00:00Z');
const after = (milliseconds: number) => new Date(created.getTime() + milliseconds);

describe('nextAttempt', () => {
  it('waits longer each time', () => {
    expect(nextAttempt(1, created, created)).toEqual(after(5_000));
    expect(nextAttempt(2, created, created)).toEqual(after(15_000));
    expect(nextAttempt(3, created, created)).toEqual(after(45_000));
  });

  it('never waits longer than ten minutes', () => {
    expect(nextAttempt(40, created, created)).toEqual(after(600_000));
  });

  it('gives up after a day', () => {
    expect(nextAttempt(9, created, after(24 * 3_600_000 + 1))).toBeNull();
  });
});
