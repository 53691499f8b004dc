import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { isUnpaid, subscriptionMayBecome, subscriptionStates } from './subscription-state.js';
import { type StandingFacts, standingOf, standings, stepsOf } from './standing.js';

const patience = { restrictedAfterDays: 14, readOnlyAfterDays: 30 };
const day = 86_400_000;
const due = new Date('2026-12-01T09:00:00Z');
const later = (days: number) => new Date(due.getTime() + days * day);

const trial: StandingFacts = {
  state: 'trialing',
  atGateway: false,
  trialEndsAt: due,
  unpaidSince: null,
  exempt: false,
};
const unpaid: StandingFacts = {
  state: 'past_due',
  atGateway: true,
  trialEndsAt: null,
  unpaidSince: due,
  exempt: false,
};

describe('a school’s standing', () => {
  it('gets worse in steps, counted from when the money was due', () => {
    const at = (facts: StandingFacts, days: number) => standingOf(facts, patience, later(days));
    for (const facts of [
      trial,
      unpaid,
      { ...unpaid, state: 'unpaid' as const },
      { ...unpaid, state: 'canceled' as const },
    ])
      expect([0, 13.99, 14, 29.99, 30, 900].map((days) => at(facts, days))).toEqual([
        'past_due',
        'past_due',
        'restricted',
        'restricted',
        'read_only',
        'read_only',
      ]);
  });

  it('is good again at once when it has paid, and while the platform lets it be', () => {
    expect(standingOf({ ...unpaid, state: 'active', unpaidSince: null }, patience, later(400))).toBe('good');
    expect(standingOf({ ...trial, state: 'trialing', atGateway: true }, patience, later(400))).toBe('good');
    for (const facts of [trial, unpaid])
      expect(standingOf({ ...facts, exempt: true }, patience, later(400))).toBe('good');
  });

  it('owes nothing before the trial is over, even where the subscription has ended in it', () => {
    const ended = { ...unpaid, state: 'canceled' as const, trialEndsAt: later(10) };
    expect([9, 10, 24, 40].map((days) => standingOf(ended, patience, later(days)))).toEqual([
      'good',
      'past_due',
      'restricted',
      'read_only',
    ]);
    expect(stepsOf(ended, patience, later(12))).toEqual({
      unpaidSince: later(10),
      restrictedFrom: later(24),
      readOnlyFrom: later(40),
    });
  });

  it('never gets better by waiting, whatever the platform’s patience', () => {
    const days = fc.integer({ min: 0, max: 400 });
    fc.assert(
      fc.property(fc.constantFrom(...subscriptionStates), days, days, days, days, (state, first, more, one, other) => {
        const facts = { ...unpaid, state, trialEndsAt: due, unpaidSince: isUnpaid(state) ? due : null };
        const wait = { restrictedAfterDays: first, readOnlyAfterDays: first + more };
        const [early, late] = [Math.min(one, other), Math.max(one, other)].map((each) =>
          standings.indexOf(standingOf(facts, wait, later(each))),
        );
        expect(early!).toBeLessThanOrEqual(late!);
      }),
    );
  });
});

describe('a subscription’s state', () => {
  it('may stay what it is, and come to anything but back from its end', () => {
    for (const state of subscriptionStates) {
      expect(subscriptionMayBecome(state, state)).toBe(true);
      expect(subscriptionMayBecome(state, 'canceled')).toBe(true);
      expect(subscriptionMayBecome('canceled', state)).toBe(state === 'canceled');
    }
    expect(subscriptionMayBecome('unpaid', 'active')).toBe(true);
    expect(subscriptionMayBecome('active', 'incomplete')).toBe(false);
  });
});
