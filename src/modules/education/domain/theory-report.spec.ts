import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { newId } from '../../../platform/values/id.js';
import { TheoryLink } from './theory-link.js';
import {
  type KnownTest,
  newsOfTests,
  percentOf,
  type ReportedTest,
  tallyOf,
  type TheoryReport,
} from './theory-report.js';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 0, minute));
const linkId = newId();

function newLink(): TheoryLink {
  const of = { schoolId: newId(), studentId: newId(), provider: 'e-teori', accountRef: 'ks-1' };
  const link = TheoryLink.request(of, at(0));
  link.linked('et_1', 'sealed', at(1));
  return link;
}

/** As RecordTheoryReport does, with a map in place of a table. */
function recorded(reports: readonly TheoryReport[]) {
  const link = newLink();
  const known = new Map<string, KnownTest>();
  let timesThrough = 0;
  for (const report of reports) {
    if (link.report(report).isThrough) timesThrough += 1;
    for (const test of newsOfTests(known, report)) known.set(test.resultRef, { ...test, version: report.version });
    link.tally(tallyOf([...known.values()]));
  }
  const { version, asOf, lessonsRead, percent, completedAt, activatedAt } = link;
  const { testsTaken, testsPassed, bestPercent, lastPercent, lastTestAt } = link;
  const tests = [...known.values()].toSorted((a, b) => (a.resultRef < b.resultRef ? -1 : 1));
  return {
    state: { version, asOf, lessonsRead, percent, completedAt, activatedAt },
    tally: { testsTaken, testsPassed, bestPercent, lastPercent, lastTestAt },
    tests,
    timesThrough,
  };
}

// Clocks of a platform may be wrong by more than the time between two reports: what they say follows no order.
const minute = fc.integer({ min: 0, max: 59 });
const test = fc.record({
  number: fc.integer({ min: 1, max: 6 }),
  takenAt: minute,
  score: fc.integer({ min: 0, max: 25 }),
});
const told = fc.record({
  lessonsRead: fc.integer({ min: 0, max: 8 }),
  asOf: minute,
  isActivated: fc.boolean(),
  isThrough: fc.boolean(),
  tests: fc.uniqueArray(test, { maxLength: 5, selector: ({ number }) => number }),
});
const history = fc
  .array(told, { minLength: 1, maxLength: 8 })
  .map((all) => all.map((each, index) => reportOf(each, index + 1)));

function reportOf(
  {
    lessonsRead,
    asOf,
    isActivated,
    isThrough,
    tests,
  }: {
    lessonsRead: number;
    asOf: number;
    isActivated: boolean;
    isThrough: boolean;
    tests: { number: number; takenAt: number; score: number }[];
  },
  version: number,
): TheoryReport {
  return {
    linkId,
    externalRef: 'et_1',
    version,
    asOf: at(asOf),
    lessonsRead,
    lessonsTotal: 8,
    activatedAt: isActivated ? at(2) : null,
    completedAt: isThrough ? at(asOf) : null,
    tests: tests.map(({ number, takenAt, score }) => testOf(`r-${number}`, takenAt, score)),
  };
}

const testOf = (resultRef: string, takenAt: number, score: number): ReportedTest => ({
  resultRef,
  testRef: 'proeve-1',
  takenAt: at(takenAt),
  score,
  maxScore: 25,
  passed: score >= 20,
});

describe('reports of a student', () => {
  it('end at the same, in whatever order and however often they come', () => {
    const shuffled = history.chain((reports) =>
      fc.array(fc.nat({ max: reports.length - 1 }), { maxLength: 10 }).chain((again) => {
        const all = [...reports, ...again.map((index) => reports[index]!)];
        return fc.shuffledSubarray(all, { minLength: all.length }).map((mixed) => ({ reports, mixed }));
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ reports, mixed }) => {
        const { timesThrough: _one, ...inOrder } = recorded(reports);
        const { timesThrough: _other, ...asTold } = recorded(mixed);
        expect(asTold).toEqual(inOrder);
      }),
    );
  });

  it('never say less than the newest of them', () => {
    const [older, newer] = [1, 2].map((version) =>
      reportOf(
        { lessonsRead: version * 3, asOf: 60 - version, isActivated: true, isThrough: false, tests: [] },
        version,
      ),
    ) as [TheoryReport, TheoryReport];
    expect(recorded([newer, older]).state).toMatchObject({ version: 2, lessonsRead: 6, percent: 75 });
  });

  it('tell of tests that no newer one has told of', () => {
    const about = { lessonsRead: 1, asOf: 1, isActivated: true, isThrough: false };
    const older = reportOf({ ...about, tests: [{ number: 1, takenAt: 3, score: 25 }] }, 1);
    const newer = reportOf({ ...about, tests: [{ number: 2, takenAt: 9, score: 10 }] }, 2);
    expect(recorded([newer, older]).tally).toEqual({
      testsTaken: 2,
      testsPassed: 1,
      bestPercent: 100,
      lastPercent: 40,
      lastTestAt: at(9),
    });
  });

  it('correct a test', () => {
    const about = { lessonsRead: 1, asOf: 1, isActivated: true, isThrough: false };
    const [wrong, right] = [5, 25].map((score, index) =>
      reportOf({ ...about, tests: [{ number: 1, takenAt: 3, score }] }, index + 1),
    ) as [TheoryReport, TheoryReport];
    for (const order of [
      [wrong, right],
      [right, wrong],
    ])
      expect(recorded(order).tally).toMatchObject({ testsTaken: 1, testsPassed: 1, bestPercent: 100 });
  });

  it('say once that he is through', () => {
    const about = { lessonsRead: 8, asOf: 1, isActivated: true, tests: [] };
    const reports = [1, 2, 3].map((version) => reportOf({ ...about, isThrough: version > 1 }, version));
    expect(recorded([...reports, ...reports]).timesThrough).toBe(1);
  });

  it.each([
    [0, 0, null, 0],
    [1, 3, null, 33],
    [2, 3, at(1), 100],
  ])('%i of %i lessons are so much', (lessonsRead, lessonsTotal, completedAt, percent) => {
    expect(percentOf({ lessonsRead, lessonsTotal, completedAt, activatedAt: null })).toBe(percent);
  });
});

describe('a link', () => {
  const waiting = (): TheoryLink =>
    TheoryLink.request({ schoolId: newId(), studentId: newId(), provider: 'e-teori', accountRef: 'ks-1' }, at(0));

  it('is asked for less and less often, as late as the platform wishes, and is given up at last', () => {
    const link = waiting();
    const pauses: number[] = [];
    for (let attempt = 1; link.state === 'waiting'; attempt++) {
      link.attempts = attempt;
      link.postponed('no answer', at(0), attempt === 2 ? 600_000 : 0);
      if (link.state === 'waiting') pauses.push((link.nextTryAt!.getTime() - at(0).getTime()) / 60_000);
    }
    expect(pauses.slice(0, 11)).toEqual([1, 10, 4, 8, 16, 32, 64, 128, 256, 360, 360]);
    expect(link).toMatchObject({ state: 'failed', problem: 'no answer', nextTryAt: null });
    link.tryAgain(at(5));
    expect(link).toMatchObject({ state: 'waiting', attempts: 0, nextTryAt: at(5) });
  });

  it('ends at once when the platform cannot have heard of it, and else when it has been told', () => {
    const unheard = waiting();
    unheard.end(at(1));
    expect(unheard).toMatchObject({ state: 'ended', standing: null, nextTryAt: null });
    const asked = waiting();
    asked.attempts = 1;
    asked.end(at(1));
    expect(asked).toMatchObject({ state: 'ending', standing: null, nextTryAt: at(1) });
    expect(asked.linked('et_1', null, at(2))).toBe(false);
    asked.ended(at(3));
    expect(asked).toMatchObject({ state: 'ended', externalRef: null, endedAt: at(3) });
  });

  it('hears nothing of somebody else, nor when it has ended', () => {
    const report = reportOf({ lessonsRead: 1, asOf: 1, isActivated: false, isThrough: false, tests: [] }, 1);
    const link = newLink();
    expect(link.isAbout(report)).toBe(true);
    expect(link.isAbout({ ...report, externalRef: 'et_2' })).toBe(false);
    link.end(at(2));
    expect(link.isAbout(report)).toBe(false);
  });
});
