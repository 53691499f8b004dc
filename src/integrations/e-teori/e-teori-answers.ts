import type { ReportedTest, TheoryCatalogue, TheoryReport } from '../../modules/education/index.js';

type Fields = Readonly<Record<string, unknown>>;

const dayMs = 86_400_000;
const eraMs = Date.UTC(2000, 0, 1);
const mostLessons = 10_000;
const mostTests = 200;

/** Says that something is not as the contract has it; never what it is. */
class Unreadable extends Error {}

/** How a student stands, or null when it cannot be: nothing of it is kept then. */
export function reportIn(value: unknown): TheoryReport | null {
  return readable(() => {
    const fields = fieldsOf(value);
    const lessonsTotal = whole(fields['lessonsTotal'], 0, mostLessons);
    return {
      linkId: name(fields['reference']),
      externalRef: name(fields['studentId']),
      version: whole(fields['version'], 1, Number.MAX_SAFE_INTEGER),
      asOf: moment(fields['asOf']),
      lessonsRead: whole(fields['lessonsRead'], 0, lessonsTotal),
      lessonsTotal,
      activatedAt: orNull(fields['activatedAt'], moment),
      completedAt: orNull(fields['completedAt'], moment),
      tests: listOf(fields['tests'], mostTests).map(testIn),
    };
  });
}

export interface EteoriStudentAnswer {
  readonly studentId: string;
  readonly activationUrl: string | null;
}

export function studentIn(value: unknown): EteoriStudentAnswer | null {
  return readable(() => {
    const fields = fieldsOf(value);
    return { studentId: name(fields['studentId']), activationUrl: orNull(fields['activationUrl'], webAddress) };
  });
}

export interface EteoriPage {
  readonly items: readonly unknown[];
  readonly next: string;
  readonly hasMore: boolean;
}

export function pageIn(value: unknown): EteoriPage | null {
  return readable(() => {
    const fields = fieldsOf(value);
    const next = name(fields['next'], 200);
    return { items: listOf(fields['reports'], mostTests), next, hasMore: fields['hasMore'] === true };
  });
}

export function catalogueIn(value: unknown): TheoryCatalogue | null {
  return readable(() => {
    const fields = fieldsOf(value);
    const lessons = listOf(fields['lessons'], mostTests).map((each) => {
      const { lessonId, title } = fieldsOf(each);
      return { lessonRef: name(lessonId), title: words(title) };
    });
    const tests = listOf(fields['tests'], mostTests).map((each) => {
      const { testId, title, maxScore, passScore } = fieldsOf(each);
      const most = whole(maxScore, 1, mostLessons);
      return { testRef: name(testId), title: words(title), maxScore: most, passScore: whole(passScore, 0, most) };
    });
    return { lessons, tests };
  });
}

function testIn(value: unknown): ReportedTest {
  const fields = fieldsOf(value);
  const maxScore = whole(fields['maxScore'], 1, mostLessons);
  if (typeof fields['passed'] !== 'boolean') throw new Unreadable();
  return {
    resultRef: name(fields['resultId']),
    testRef: name(fields['testId']),
    takenAt: moment(fields['takenAt']),
    score: whole(fields['score'], 0, maxScore),
    maxScore,
    passed: fields['passed'],
  };
}

function readable<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}

function fieldsOf(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Unreadable();
  return value as Fields;
}

function listOf(value: unknown, most: number): unknown[] {
  if (!Array.isArray(value) || value.length > most) throw new Unreadable();
  return value;
}

function orNull<T>(value: unknown, read: (value: unknown) => T): T | null {
  return value === null || value === undefined ? null : read(value);
}

function whole(value: unknown, least: number, most: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least || value > most)
    throw new Unreadable();
  return value;
}

/** A name that programs give: visible ASCII. */
function name(value: unknown, most = 64): string {
  if (typeof value !== 'string' || value.length > most || !/^[\x21-\x7e]+$/.test(value)) throw new Unreadable();
  return value;
}

function words(value: unknown): string {
  if (typeof value !== 'string' || value.length === 0 || value.length > 200) throw new Unreadable();
  return value;
}

/** Neither before there was such a thing, nor further ahead than clocks are wrong. */
function moment(value: unknown): Date {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (!(at >= eraMs && at <= Date.now() + dayMs)) throw new Unreadable();
  return new Date(at);
}

function webAddress(value: unknown): string {
  const isAddress = typeof value === 'string' && value.length <= 2_000 && /^https?:\/\//.test(value);
  if (!isAddress || !URL.canParse(value)) throw new Unreadable();
  return value;
}
