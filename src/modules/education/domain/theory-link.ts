import { defineEntity, p } from '@mikro-orm/core';
import { bool, code, id, instant, int, schoolScoped, sealed, text } from '../../../platform/database/columns.js';
import { newId, type Id } from '../../../platform/values/id.js';
import { isNews, percentOf, type TestTally, type TheoryReport } from './theory-report.js';

export const theoryLinkStates = ['waiting', 'linked', 'failed', 'ending', 'ended'] as const;
export type TheoryLinkState = (typeof theoryLinkStates)[number];

export const TheoryLinkSchema = defineEntity({
  name: 'TheoryLink',
  tableName: 'theory_links',
  ...schoolScoped,
  uniques: [
    { name: 'theory_links_school_id_id_unique', properties: ['schoolId', 'id'] },
    { name: 'theory_links_standing', properties: ['schoolId', 'studentId', 'standing'] },
  ],
  indexes: [
    { name: 'theory_links_list', properties: ['schoolId', 'standing', 'id'] },
    { name: 'theory_links_percent', properties: ['schoolId', 'standing', 'percent', 'id'] },
    { name: 'theory_links_due', properties: ['nextTryAt', 'id'] },
  ],
  properties: {
    /** The platform knows the link by it. */
    id: id().primary(),
    schoolId: id(),
    studentId: id(),
    provider: text(40),
    accountRef: text(64),
    state: code<TheoryLinkState>(),
    /** True until it is to end, then null: so a student has one at most. */
    standing: bool().nullable(),
    externalRef: text(64).nullable(),
    activationUrl: sealed().nullable(),
    activatedAt: instant().nullable(),
    /** Of what is to be done now: to link, or to end. */
    attempts: int().default(0),
    /** Null: nothing is to be done. */
    nextTryAt: instant().nullable(),
    /** Why the last attempt came to nothing. */
    problem: text(200).nullable(),
    requestedAt: instant(),
    linkedAt: instant().nullable(),
    endedAt: instant().nullable(),
    /** Of the newest report; 0: there was none. */
    version: p.bigint('number').defaultRaw('0'),
    asOf: instant().nullable(),
    lessonsRead: int().default(0),
    lessonsTotal: int().default(0),
    percent: int().default(0),
    completedAt: instant().nullable(),
    testsTaken: int().default(0),
    testsPassed: int().default(0),
    bestPercent: int().nullable(),
    lastPercent: int().nullable(),
    lastTestAt: instant().nullable(),
  },
});

/** Where the activation link is kept: it opens in its own row alone. */
export function activationUrlContext(linkId: Id): string {
  return `theory_links.activation_url:${linkId}`;
}

const minute = 60_000;
const longestPause = 360 * minute;
/** About three days, the longest pause most of the time. */
const mostAttempts = 20;
/** Whoever is killed while he asks the platform leaves it to others after so long. */
export const leaseMs = 5 * minute;

const nothingYet = {
  externalRef: null,
  activationUrl: null,
  activatedAt: null,
  problem: null,
  linkedAt: null,
  endedAt: null,
  asOf: null,
  completedAt: null,
  bestPercent: null,
  lastPercent: null,
  lastTestAt: null,
};

const noProgress = {
  asOf: null,
  lessonsRead: 0,
  lessonsTotal: 0,
  percent: 0,
  completedAt: null,
  testsTaken: 0,
  testsPassed: 0,
  bestPercent: null,
  lastPercent: null,
  lastTestAt: null,
};

/** One student at the theory platform, from the wish to have him there until he is gone; with how far he is. */
export class TheoryLink extends TheoryLinkSchema.class {
  static request(
    of: Pick<TheoryLink, 'schoolId' | 'studentId' | 'provider' | 'accountRef'>,
    requestedAt: Date,
  ): TheoryLink {
    const link = Object.assign(new TheoryLink(), of, nothingYet, noProgress);
    return Object.assign(link, {
      id: newId(),
      state: 'waiting',
      standing: true,
      attempts: 0,
      version: 0,
      requestedAt,
      nextTryAt: requestedAt,
    });
  }

  /** Somebody asks again for what was refused. */
  tryAgain(at: Date): void {
    if (this.state === 'failed') Object.assign(this, { state: 'waiting', attempts: 0, problem: null, nextTryAt: at });
  }

  /** False when nobody waits for the answer any more: what came of it is to be ended. */
  linked(externalRef: string, activationUrl: string | null, at: Date): boolean {
    if (this.state !== 'waiting') return false;
    const done = { state: 'linked', problem: null, nextTryAt: null, linkedAt: at, attempts: 0 };
    Object.assign(this, done, { externalRef, activationUrl });
    return true;
  }

  rejected(reason: string): void {
    if (this.state === 'waiting') Object.assign(this, { state: 'failed', problem: reason, nextTryAt: null });
  }

  /** An attempt that came to nothing for now; one that never comes to anything is given up while the student is to be linked. */
  postponed(reason: string, at: Date, againInMs = 0): void {
    this.problem = reason;
    if (this.state === 'waiting' && this.attempts >= mostAttempts) return this.rejected(reason);
    const pause = Math.min(longestPause, (minute / 2) * 2 ** Math.min(this.attempts, 20));
    this.nextTryAt = new Date(at.getTime() + Math.max(pause, againInMs));
  }

  /** Ends at once what the platform cannot have heard of. */
  end(at: Date): void {
    if (this.standing === null) return;
    const isUnheardOf = this.state === 'waiting' && this.attempts === 0;
    Object.assign(this, { state: 'ending', standing: null, attempts: 0, problem: null, nextTryAt: at });
    if (isUnheardOf) this.ended(at);
  }

  ended(at: Date): void {
    Object.assign(this, { state: 'ended', externalRef: null, activationUrl: null, nextTryAt: null, problem: null });
    this.endedAt = at;
  }

  /** Whether a report is about this student as we know him. */
  isAbout({ externalRef }: TheoryReport): boolean {
    return this.state === 'linked' && this.externalRef === externalRef;
  }

  /** @returns what is news: of how he stands, and that he is through for the first time */
  report(report: TheoryReport): { readonly isNews: boolean; readonly isThrough: boolean } {
    if (!isNews(this, report)) return { isNews: false, isThrough: false };
    const isThrough = this.completedAt === null && report.completedAt !== null;
    const { version, asOf, lessonsRead, lessonsTotal, activatedAt, completedAt } = report;
    Object.assign(this, { version, asOf, lessonsRead, lessonsTotal, activatedAt, completedAt });
    this.percent = percentOf(report);
    return { isNews: true, isThrough };
  }

  tally(tally: TestTally): void {
    Object.assign(this, tally);
  }

  /** Leaves that there was a link, and that it is to be ended. */
  forget(at: Date): void {
    this.end(at);
    Object.assign(this, noProgress, { activationUrl: null, activatedAt: null });
  }
}
TheoryLinkSchema.setClass(TheoryLink);
