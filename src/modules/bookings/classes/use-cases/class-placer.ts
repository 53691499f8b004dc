import { Injectable } from '@nestjs/common';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { TimeRange } from '../../../../platform/values/time-range.js';
import { localDate } from '../../../../platform/values/zone.js';
import { Scheduling, type SchedulableTeacher, TeacherTimes } from '../../../schools/index.js';
import { Calendar } from '../../domain/calendar/claims.js';
import type { ResourceClaim } from '../../domain/calendar/claimed-slots.js';
import type { ClassPlace, ClassSession } from '../domain/class-session.js';
import { type SessionCollision, type SessionHindrance, SessionsCollide } from '../domain/course-problems.js';
import { ClaimedTimes, type TakenTimes } from '../queries/claimed-times.js';
import { ClassWays } from '../queries/class-ways.js';
import type { Room } from '../queries/rooms.js';

/** Who is to teach, and where. */
export interface Venue {
  readonly teacher: SchedulableTeacher;
  readonly room: Room | null;
}

interface SessionTime {
  readonly number: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** How a session could take place. */
export interface Placement extends SessionCollision {
  readonly place: ClassPlace;
}

/**
 * Teacher and room of sessions, and the teacher's way there: finds what is in the way, then claims. Teaching a class in the evening needs no working hours; time
 * off does count, at whatever school it was said.
 */
@Injectable()
export class ClassPlacer {
  constructor(
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
    private readonly times: TeacherTimes,
    private readonly calendar: Calendar,
    private readonly claimed: ClaimedTimes,
    private readonly ways: ClassWays,
  ) {}

  /** Each session with all that is in its way, in order; what the sessions in `own` have claimed is not. As many reads, however many sessions. */
  async placements(sessions: readonly SessionTime[], venue: Venue, own: readonly Id[] = []): Promise<Placement[]> {
    const { teacher, room } = venue;
    const resources = [teacher.resourceId, ...(room ? [room.resourceId] : [])];
    const taken = await this.claimed.of(resources, sessions.map(timeOf), own);
    const away = await this.away(teacher.id, sessions);
    const isTooFar = await this.ways.tooLong(venue, sessions.map(timeOf), own);
    const now = this.clock.now();
    return sessions.map((session, index) => {
      const time = timeOf(session);
      const place = room ? taken.freePlace(room, time) : 0;
      const hindrances = [
        ...hindrancesOf(session, sessions[index - 1], now),
        ...busyOf(venue, time, taken, place),
        ...(isTooFar(time) && !taken.isBusy(teacher.resourceId, time) ? (['travel'] as const) : []),
        ...(away.some((off) => off.overlaps(time)) ? (['teacher_off'] as const) : []),
      ];
      const { number, startsAt } = session;
      const where = { roomId: room?.id ?? null, roomPlace: place ?? 0, locationId: room?.locationId ?? null };
      return { number, startsAt, hindrances, place: { teacherId: teacher.id, ...where } };
    });
  }

  /** Claims the session anew where it is now. @throws SlotBusy and ClaimsChanged, which must roll the transaction back */
  async claim(session: ClassSession, venue: Venue): Promise<void> {
    await this.calendar.claim({ resources: claimsOf(session, venue), claimedBy: session.id });
  }

  /** Exchanges what the session has claimed. @throws SlotBusy and ClaimsChanged, which must roll the transaction back */
  async reclaim(session: ClassSession, venue: Venue): Promise<void> {
    await this.calendar.move({ resources: claimsOf(session, venue), claimedBy: session.id });
  }

  /** The rules that time off and ways count: made to wait for whoever changes them, then read. After the claims. @throws SessionsCollide */
  async checkTeacherHere(venue: Venue, sessions: readonly ClassSession[], field: string): Promise<void> {
    const { id: teacherId } = venue.teacher;
    await this.scheduling.bumpScheduleVersion(teacherId);
    const away = await this.away(teacherId, sessions);
    const own = sessions.map(({ id }) => id);
    const isTooFar = await this.ways.tooLong(venue, sessions.map(timeOf), own);
    const collisions = sessions.flatMap(({ number, startsAt, time }): SessionCollision[] => {
      if (away.some((off) => off.overlaps(time))) return [{ number, startsAt, hindrances: ['teacher_off'] }];
      return isTooFar(time) ? [{ number, startsAt, hindrances: ['travel'] }] : [];
    });
    if (collisions.length > 0) throw new SessionsCollide(collisions, field);
  }

  private async away(teacherId: Id, sessions: readonly SessionTime[]): Promise<TimeRange[]> {
    const [first, last] = [sessions.at(0), sessions.at(-1)];
    if (!first || !last) return [];
    const range = new TimeRange(first.startsAt, last.endsAt);
    const { zone } = await this.scheduling.school();
    const [from, until] = [localDate(range.start, zone), localDate(range.end, zone)];
    const { away } = await this.times.load([teacherId], from, until, range);
    return away.map(({ startsAt, endsAt }) => new TimeRange(startsAt, endsAt));
  }
}

/** Without those that nothing is in the way of. @throws SessionsCollide */
export function checkPlaceable(placements: readonly Placement[], field: string): void {
  const collisions = placements.filter(({ hindrances }) => hindrances.length > 0);
  if (collisions.length === 0) return;
  throw new SessionsCollide(
    collisions.map(({ number, startsAt, hindrances }) => ({ number, startsAt, hindrances })),
    field,
  );
}

/** What a session claims of its teacher and its room. */
export function claimsOf(
  { time: range, roomPlace: place, locationId }: Pick<ClassSession, 'time' | 'roomPlace' | 'locationId'>,
  { teacher, room }: { teacher: { resourceId: number }; room: { resourceId: number } | null },
): ResourceClaim[] {
  return [
    { resourceId: teacher.resourceId, range, locationId },
    ...(room ? [{ resourceId: room.resourceId, range, place }] : []),
  ];
}

function timeOf({ startsAt, endsAt }: SessionTime): TimeRange {
  return new TimeRange(startsAt, endsAt);
}

function hindrancesOf(session: SessionTime, earlier: SessionTime | undefined, now: Date): SessionHindrance[] {
  return [
    ...(session.startsAt <= now ? (['past'] as const) : []),
    ...(earlier && session.startsAt < earlier.endsAt ? (['overlaps'] as const) : []),
  ];
}

function busyOf(
  { teacher, room }: Venue,
  time: TimeRange,
  taken: TakenTimes,
  place: number | undefined,
): SessionHindrance[] {
  return [
    ...(taken.isBusy(teacher.resourceId, time) ? (['teacher'] as const) : []),
    ...(room && place === undefined ? (['room'] as const) : []),
  ];
}
