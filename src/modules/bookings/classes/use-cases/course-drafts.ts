import { Injectable } from '@nestjs/common';
import type { FieldProblem, Texts } from '../../../../platform/http/problem.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { TimeRange } from '../../../../platform/values/time-range.js';
import { addDays, atLocal, type LocalDate, localDate } from '../../../../platform/values/zone.js';
import { isPublicHoliday, type LicenceClass, Scheduling, TeacherTimes } from '../../../schools/index.js';
import { priceProblems, weeklyProblems, type WeeklyTime } from '../domain/course-plan-rules.js';
import { CoursePlanNotFound, InvalidCourse, UnknownCourseReference } from '../domain/course-problems.js';
import { type DatedSession, sessionDates } from '../domain/session-dates.js';
import { CoursePlanReader, type CoursePlanView } from '../queries/course-plan-reader.js';
import { Rooms } from '../queries/rooms.js';
import type { Venue } from './class-placer.js';

export interface PlanCourseCommand {
  readonly planId: Id;
  /** The plan's name when left out. */
  readonly name?: string;
  readonly startsOn: LocalDate;
  readonly teacherId: Id;
  readonly roomId?: Id;
  /** The plan's when left out, as are the capacity and the price. */
  readonly weekly?: readonly WeeklyTime[];
  readonly capacity?: number;
  readonly price?: { readonly amount: number; readonly currency: string };
  /** Nothing is taught on public holidays and on the school's closing days. */
  readonly skipHolidays?: boolean;
  readonly selfEnrolment?: boolean;
  readonly offerHours?: number;
}

/** A course as it would be, before anything is claimed. */
export interface CourseDraft {
  readonly plan: CoursePlanView;
  readonly venue: Venue;
  readonly sessions: readonly DatedSession[];
}

/** A course is planned so far ahead at most. */
const HORIZON_DAYS = 400;
/** Within which the last of its sessions lies. */
const LONGEST_COURSE_DAYS = 1_100;

const past: Texts = { en: 'must not be before today', da: 'må ikke være før i dag' };
const far: Texts = {
  en: `must be at most ${HORIZON_DAYS} days ahead`,
  da: `må højst ligge ${HORIZON_DAYS} dage fremme`,
};
const noTimes: Texts = {
  en: 'is needed: the plan’s sessions have no days of their own, and the plan no weekly times',
  da: 'skal angives: planens gange har ingen egne dage, og planen har ingen ugentlige tider',
};
const tooMany: Texts = {
  en: 'must not be more than the room seats',
  da: 'må ikke være flere, end lokalet har plads til',
};

/** Lays a plan's sessions out on dates. */
@Injectable()
export class CourseDrafts {
  constructor(
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
    private readonly times: TeacherTimes,
    private readonly plans: CoursePlanReader,
    private readonly rooms: Rooms,
  ) {}

  /** @throws InvalidCourse | UnknownCourseReference */
  async of(command: PlanCourseCommand): Promise<CourseDraft> {
    const plan = await this.plan(command.planId);
    const venue = await this.venue(plan.licenceClass, command.teacherId, command.roomId ?? null);
    const { zone, currency } = await this.scheduling.school();
    const { startsOn, weekly = plan.weekly } = command;
    const problems = [
      ...startProblems(startsOn, localDate(this.clock.now(), zone)),
      ...weeklyProblems(weekly),
      ...priceProblems(command.price, currency),
      ...seatProblems(command.capacity ?? plan.capacity, venue),
    ];
    if (problems.length > 0) throw new InvalidCourse(problems);
    const isOff = command.skipHolidays ? await this.daysOff(venue.teacher.id, startsOn, zone) : () => false;
    const sessions = sessionDates(plan.sessions, { startsOn, weekly, zone, isOff });
    if (!sessions) throw new InvalidCourse([{ field: 'weekly', message: noTimes }]);
    return { plan, venue, sessions };
  }

  /** @throws UnknownCourseReference */
  async venue(licenceClass: LicenceClass, teacherId: Id, roomId: Id | null): Promise<Venue> {
    const teacher = (await this.scheduling.teachersFor({ licenceClass })).find(({ id }) => id === teacherId);
    if (!teacher) throw new UnknownCourseReference('teacherId');
    return { teacher, room: await this.rooms.find(roomId) };
  }

  private async plan(id: Id): Promise<CoursePlanView> {
    const plan = await this.plans.get(id).catch((error: unknown) => {
      throw error instanceof CoursePlanNotFound ? new UnknownCourseReference('planId') : error;
    });
    if (!plan.active) throw new UnknownCourseReference('planId');
    return plan;
  }

  private async daysOff(teacherId: Id, from: LocalDate, zone: string): Promise<(date: LocalDate) => boolean> {
    const until = addDays(from, LONGEST_COURSE_DAYS);
    // Time off is no matter here, so its range is as short as can be.
    const instant = TimeRange.ofMinutes(atLocal(from, '00:00', zone), 1);
    const closed = new Set((await this.times.load([teacherId], from, until, instant)).closed);
    return (date) => closed.has(date) || isPublicHoliday(date);
  }
}

function startProblems(startsOn: LocalDate, today: LocalDate): FieldProblem[] {
  if (startsOn < today) return [{ field: 'startsOn', message: past }];
  return startsOn > addDays(today, HORIZON_DAYS) ? [{ field: 'startsOn', message: far }] : [];
}

function seatProblems(capacity: number, { room }: Venue): FieldProblem[] {
  return room?.seats && capacity > room.seats ? [{ field: 'capacity', message: tooMany }] : [];
}
