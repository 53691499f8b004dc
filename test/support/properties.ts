import fc from 'fast-check';

/** The same cases in every run, so that a failure is of the change at hand: PROPERTY_SEED=… npm test looks at others. */
fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 20_261_121) });

export { fc };
