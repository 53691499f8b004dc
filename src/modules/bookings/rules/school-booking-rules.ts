import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { assertTransaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { TimeRange } from '../../../platform/values/time-range.js';
import { localDate } from '../../../platform/values/zone.js';
import { TheoryDone } from '../../education/index.js';
import { Arrears, DunningReader } from '../../finance/index.js';
import type { BookableTimes } from '../domain/bookable-times.js';
import type { BookingRule } from '../domain/booking-rule.js';
import { slotFrom } from '../domain/calendar/slots.js';
import {
  BookingNotOpen,
  OverrideNotAllowed,
  StudentInArrears,
  TheoryMissing,
  TooManyLessons,
} from '../domain/rule-errors.js';
import {
  BookingRules,
  type Leniency,
  type LessonTally,
  type RuledLessons,
  type RulesAtHand,
  type Ruling,
} from '../ports/booking-rules.js';
import {
  earliestStart,
  fullSpans,
  inOrder,
  isOpen,
  latestStart,
  prepaymentOf,
  reachedLimits,
  refusalsOfStart,
  weekOf,
  type CountedLesson,
  type StandingRules,
} from './domain/standing-rules.js';
import { StandingRulesReader } from './queries/standing-rules-reader.js';

const NEVER: BookableTimes = { starts: { first: 0, end: 0 }, full: [] };

/** The rules that a school has set for its lesson types and students. */
@Injectable()
export class SchoolBookingRules extends BookingRules {
  constructor(
    private readonly clock: Clock,
    private readonly reader: StandingRulesReader,
    private readonly arrears: Arrears,
    private readonly dunning: DunningReader,
    private readonly theory: TheoryDone,
  ) {
    super();
  }

  async of(actor: Actor, lessons: RuledLessons, leniency: Leniency = {}): Promise<RulesAtHand> {
    const { override = null, waived = [], moving = false } = leniency;
    if (override && (!actor.isStaff || actor.role === 'partner')) throw new OverrideNotAllowed();
    const rules = await this.reader.of(lessons.lessonType.id, lessons.studentId);
    const against = moving ? new Map<BookingRule, Error>() : await this.refusals(rules, lessons, !actor.isStaff);
    for (const rule of waived) against.delete(rule);
    refuse(against, override);
    return {
      prepaymentOf: (price) => prepaymentOf(rules, price),
      holdMinutes: rules.holdMinutes,
      judge: (bookingId, startsAt) => {
        const ofStart = refusalsOfStart(rules, { startsAt, now: this.clock.now(), bySelf: !actor.isStaff });
        for (const rule of waived) ofStart.delete(rule);
        refuse(ofStart, override);
        const limits = rules.limits.filter(({ rule }) => !waived.includes(rule));
        const broken = inOrder([...against.keys(), ...ofStart.keys()]);
        return { lessons, bookingId, startsAt, limits, override, broken };
      },
    };
  }

  async count({ limits, lessons, bookingId, startsAt, override, broken }: Ruling): Promise<readonly BookingRule[]> {
    if (limits.length === 0) return broken;
    assertTransaction('BookingRules.count()');
    const { studentId, zone, lessonType } = lessons;
    await this.reader.bumpVersion(studentId);
    const taken = await this.reader.lessons(studentId, weekOf(startsAt, zone), this.clock.now(), [bookingId]);
    const reached = reachedLimits(limits, taken, { startsAt, lessonTypeId: lessonType.id }, zone);
    if (reached[0] && !override) throw new TooManyLessons(reached[0]);
    return inOrder([...broken, ...reached.map(({ rule }) => rule)]);
  }

  async tally(rulings: readonly Ruling[]): Promise<LessonTally> {
    const counted = new Map<Id, CountedLesson[]>();
    const limited = rulings.filter(({ limits }) => limits.length > 0);
    for (const [studentId, his] of Map.groupBy(limited, ({ lessons }) => lessons.studentId))
      counted.set(studentId, await this.standing(studentId, his));
    return {
      add({ limits, lessons: { studentId, lessonType, zone }, startsAt, override }) {
        const taken = counted.get(studentId);
        if (!taken) return;
        const wanted = { startsAt, lessonTypeId: lessonType.id };
        const [reached] = reachedLimits(limits, taken, wanted, zone);
        if (reached && !override) throw new TooManyLessons(reached);
        taken.push(wanted);
      },
    };
  }

  async bookable(
    { lessonType, zone, studentId }: Pick<RuledLessons, 'lessonType' | 'zone'> & { readonly studentId?: Id },
    window: TimeRange,
  ): Promise<BookableTimes> {
    const now = this.clock.now();
    const rules = await this.reader.of(lessonType.id, studentId);
    if (!isOpen(rules, localDate(now, zone), true)) return NEVER;
    if (studentId && (await this.isInArrears(rules, { studentId, zone }))) return NEVER;
    if (studentId && (await this.theoryMissing(rules, studentId))) return NEVER;
    const latest = latestStart(rules, now);
    return {
      starts: {
        first: slotFrom(earliestStart(rules, now)),
        end: latest ? slotFrom(latest) + 1 : Number.MAX_SAFE_INTEGER,
      },
      full: studentId ? await this.full(rules, studentId, lessonType.id, window, zone) : [],
    };
  }

  /** The student's other lessons in the weeks of these. */
  private standing(studentId: Id, rulings: readonly Ruling[]): Promise<CountedLesson[]> {
    const starts = rulings.map(({ startsAt }) => startsAt.getTime());
    const { zone } = rulings[0]!.lessons;
    const first = weekOf(new Date(Math.min(...starts)), zone);
    const last = weekOf(new Date(Math.max(...starts)), zone);
    const themselves = rulings.map(({ bookingId }) => bookingId);
    return this.reader.lessons(studentId, new TimeRange(first.start, last.end), this.clock.now(), themselves);
  }

  /** What is against any lesson of his, whenever. */
  private async refusals(rules: StandingRules, lessons: RuledLessons, bySelf: boolean) {
    const found = new Map<BookingRule, Error>();
    const today = localDate(this.clock.now(), lessons.zone);
    if (!isOpen(rules, today, bySelf)) found.set('opening', new BookingNotOpen(rules.openUntil));
    if (await this.isInArrears(rules, lessons)) found.set('arrears', new StudentInArrears());
    const missing = await this.theoryMissing(rules, lessons.studentId);
    if (missing) found.set('theory', missing);
    return found;
  }

  private async full({ limits }: StandingRules, studentId: Id, lessonTypeId: Id, window: TimeRange, zone: string) {
    if (limits.length === 0) return [];
    const weeks = new TimeRange(weekOf(window.start, zone).start, weekOf(window.end, zone).end);
    const lessons = await this.reader.lessons(studentId, weeks, this.clock.now());
    const spans = fullSpans(limits, lessons, lessonTypeId, window, zone);
    return spans.map(({ start, end }) => ({ first: slotFrom(start), end: slotFrom(end) }));
  }

  /** Null also while the school uses no theory platform: nobody could know. */
  private async theoryMissing({ theoryPercent }: StandingRules, studentId: Id): Promise<TheoryMissing | null> {
    if (theoryPercent === null) return null;
    const done = await this.theory.percentOf(studentId);
    return done === null || done >= theoryPercent ? null : new TheoryMissing(theoryPercent, done);
  }

  private async isInArrears(
    { arrearsLimit }: StandingRules,
    { studentId, zone }: Pick<RuledLessons, 'studentId' | 'zone'>,
  ): Promise<boolean> {
    const today = localDate(this.clock.now(), zone);
    if (await this.dunning.isStopped(studentId, today)) return true;
    if (arrearsLimit === null) return false;
    return (await this.arrears.of(studentId, today, arrearsLimit)) > arrearsLimit;
  }
}

function refuse(against: ReadonlyMap<BookingRule, Error>, override: Leniency['override'] | null): void {
  const [refusal] = against.values();
  if (refusal && !override) throw refusal;
}
