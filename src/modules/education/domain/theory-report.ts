/** One test that a student took. It never changes at the platform, but for a correction in a later report. */
export interface ReportedTest {
  readonly resultRef: string;
  readonly testRef: string;
  readonly takenAt: Date;
  readonly score: number;
  readonly maxScore: number;
  readonly passed: boolean;
}

/**
 * How one student stands at the platform, all of it but for old tests. A higher version is newer, whatever the clocks say; each
 * version is one state, however often it is told.
 */
export interface TheoryReport {
  /** Our id of the link. */
  readonly linkId: string;
  readonly externalRef: string;
  readonly version: number;
  /** By the platform's clock. */
  readonly asOf: Date;
  readonly lessonsRead: number;
  readonly lessonsTotal: number;
  readonly activatedAt: Date | null;
  readonly completedAt: Date | null;
  /** Some of his tests, the newest at least. */
  readonly tests: readonly ReportedTest[];
}

/** What the newest report said. */
export type Standing = Pick<
  TheoryReport,
  'version' | 'asOf' | 'lessonsRead' | 'lessonsTotal' | 'activatedAt' | 'completedAt'
>;

/** A test, and the version that told it. */
export interface KnownTest extends ReportedTest {
  readonly version: number;
}

/** Whether a report says something that is not known yet of how he stands. */
export function isNews(known: { readonly version: number }, report: TheoryReport): boolean {
  return report.version > known.version;
}

/** The tests of a report that are not known, or were told by an older report. */
export function newsOfTests(known: ReadonlyMap<string, { readonly version: number }>, report: TheoryReport) {
  const latest = new Map(report.tests.map((test) => [test.resultRef, test]));
  return [...latest.values()].filter(({ resultRef }) => (known.get(resultRef)?.version ?? -1) < report.version);
}

/** How much of the theory he has read; all of it once the platform says so. */
export function percentOf({ lessonsRead, lessonsTotal, completedAt }: Omit<Standing, 'version' | 'asOf'>): number {
  if (completedAt) return 100;
  return lessonsTotal === 0 ? 0 : Math.floor((lessonsRead * 100) / lessonsTotal);
}

export interface TestTally {
  readonly testsTaken: number;
  readonly testsPassed: number;
  readonly bestPercent: number | null;
  readonly lastPercent: number | null;
  readonly lastTestAt: Date | null;
}

/** The same whatever the order. */
export function tallyOf(tests: readonly ReportedTest[]): TestTally {
  const last = tests.toSorted((a, b) => +a.takenAt - +b.takenAt || (a.resultRef < b.resultRef ? -1 : 1)).at(-1);
  return {
    testsTaken: tests.length,
    testsPassed: tests.filter(({ passed }) => passed).length,
    bestPercent: tests.length === 0 ? null : Math.max(...tests.map(scorePercent)),
    lastPercent: last ? scorePercent(last) : null,
    lastTestAt: last?.takenAt ?? null,
  };
}

function scorePercent({ score, maxScore }: ReportedTest): number {
  return Math.floor((score * 100) / maxScore);
}
