import { expect } from '@jest/globals';
import fc from 'fast-check';

/** The same cases in every run, so that a failure is of the change at hand: PROPERTY_SEED=… npm test looks at others. */
const seed = Number(process.env['PROPERTY_SEED'] ?? 20_261_121);
fc.configureGlobal({ seed });

const drawn = new Map<string, number>();

/** One example; the next call of the same test draws another, the same in every run. */
export function draw<Value>(values: fc.Arbitrary<Value>): Value {
  const test = expect.getState().currentTestName ?? '';
  const number = (drawn.get(test) ?? 0) + 1;
  drawn.set(test, number);
  return fc.sample(values, { numRuns: 1, seed: seed + number })[0]!;
}

export { fc };
