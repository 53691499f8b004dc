import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { outweighs, type Told, toldStates } from './told-state.js';

const told = fc.record({
  state: fc.constantFrom(...toldStates),
  at: fc.integer({ min: 0, max: 5 }).map((second) => new Date(second * 1_000)),
  reason: fc.constantFrom(null, 'mailbox full', 'no such user'),
});

const heard = (all: readonly Told[]) => all.reduce((known, news) => (outweighs(news, known) ? news : known));

describe('what is told of a message', () => {
  it('ends the same in whatever order, and however often', () => {
    fc.assert(
      fc.property(fc.array(told, { minLength: 1, maxLength: 6 }), fc.infiniteStream(fc.nat()), (all, random) => {
        const shuffled = [...all, ...all]
          .map((news) => ({ news, at: random.next().value as number }))
          .toSorted((one, other) => one.at - other.at)
          .map(({ news }) => news);
        expect(heard(shuffled)).toEqual(heard(all));
      }),
    );
  });
});
