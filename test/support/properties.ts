import fc from 'fast-check';

/** The same cases in every run, so that a failure is of the change at hand: PROPERTY_SEED=… npm test looks at others. */
const seed = Number(process.env['PROPERTY_SEED'] ?? 20_261_121);
fc.configureGlobal({ seed });

let drawn = 0;

/** One example; the next call draws another, the same in every run. */
export function draw<Value>(values: fc.Arbitrary<Value>): Value {
  drawn += 1;
  return fc.sample(values, { numRuns: 1, seed: seed + drawn })[0]!;
}

export { fc };
