import { Injectable } from '@nestjs/common';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { TimeRange } from '../../../../platform/values/time-range.js';
import { Scheduling } from '../../../schools/index.js';
import { Calendar } from '../../domain/calendar/claims.js';
import type { OfferedTime } from '../domain/offer.js';
import { isWished } from '../domain/wished-times.js';
import { FreedPlaces, type FreedTime } from './freed-places.js';
import { type TimeToOffer, type WaitingStudent, WaitingStudents } from './waiting-students.js';

/** Somebody who waits, and the time he would get. */
export interface Match {
  readonly student: WaitingStudent;
  readonly time: OfferedTime;
}

/** Who of those who wait could have a freed time: it is as they wish, resources and all, and they are not busy then. */
@Injectable()
export class MatchingStudents {
  constructor(
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
    private readonly waiting: WaitingStudents,
    private readonly places: FreedPlaces,
    private readonly calendar: Calendar,
  ) {}

  /** At most so many that the round has not asked yet, those who have waited longest first; each student once. */
  async of(freed: FreedTime & TimeToOffer & { readonly roundId: Id }, most: number): Promise<Match[]> {
    const students = await this.waiting.notAsked(freed, freed.roundId);
    const matches = new Map<Id, Match>();
    for (const match of await this.notBusy(await this.wished(freed, students))) {
      const { studentId } = match.student;
      if (matches.size < most && !matches.has(studentId)) matches.set(studentId, match);
    }
    return [...matches.values()];
  }

  private async wished(freed: FreedTime, students: readonly WaitingStudent[]): Promise<Match[]> {
    const [{ zone }, now] = [await this.scheduling.school(), this.clock.now()];
    const places = new Map<Id, OfferedTime[]>();
    for (const { lessonTypeId } of students) {
      if (!places.has(lessonTypeId)) places.set(lessonTypeId, await this.places.of(freed, lessonTypeId));
    }
    return students.flatMap((student) => {
      const fits = (time: OfferedTime) => isWished(student, new TimeRange(time.startsAt, time.endsAt), now, zone);
      const time = places.get(student.lessonTypeId)!.find(fits);
      return time ? [{ student, time }] : [];
    });
  }

  /** One query for all of them. */
  private async notBusy(matches: readonly Match[]): Promise<Match[]> {
    if (matches.length === 0) return [];
    const resources = matches.map(({ student, time }) => ({
      resourceId: student.studentResourceId,
      range: new TimeRange(time.startsAt, time.endsAt),
    }));
    const busy = new Set(await this.calendar.busyAmong({ resources, claimedBy: newId() }));
    return matches.filter(({ student }) => !busy.has(student.studentResourceId));
  }
}
