import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import { TimeRange } from '../../../../platform/values/time-range.js';
import type { FacilitySchema } from '../../../schools/index.js';
import type { HeldTime, HeldTimes } from '../../domain/calendar/claim-holder.js';
import type { ResourceClaim } from '../../domain/calendar/claimed-slots.js';
import { HoldsClaims } from '../../ports/holds-claims.js';
import { HELD_PORTION, heldInPortions } from '../../queries/held-in-portions.js';
import { comingStates } from '../domain/class-attendance.js';
import type { ClassTables } from './tables.js';

/** What sessions and those who are to come to them should have claimed. */
@Injectable()
export class ClaimsOfClasses {
  constructor(private readonly em: EntityManager) {}

  @HoldsClaims({ what: 'class', table: 'class_sessions', occupying: ['planned'] })
  sessions(from: Date): HeldTimes {
    return heldInPortions(
      from,
      (startsAt, after) => this.teaching(startsAt, after),
      ({ teacher, room, place, locationId, ...session }) =>
        heldBy(session, [{ resourceId: teacher, locationId }, ...(room === null ? [] : [{ resourceId: room, place }])]),
    );
  }

  @HoldsClaims({ what: 'attendance', table: 'class_attendances', occupying: comingStates })
  attendances(from: Date): HeldTimes {
    return heldInPortions(
      from,
      (startsAt, after) => this.attending(startsAt, after),
      ({ student, ...attendance }) => heldBy(attendance, [{ resourceId: student }]),
    );
  }

  private teaching(startsAt: Date, after: Id | undefined) {
    return schoolQuery<ClassTables & Tables<typeof FacilitySchema>>(this.em)
      .selectFrom('class_sessions')
      .innerJoin('teachers', (on) =>
        on
          .onRef('teachers.school_id', '=', 'class_sessions.school_id')
          .onRef('teachers.id', '=', 'class_sessions.teacher_id'),
      )
      .leftJoin('facilities', (on) =>
        on
          .onRef('facilities.school_id', '=', 'class_sessions.school_id')
          .onRef('facilities.id', '=', 'class_sessions.room_id'),
      )
      .select(['class_sessions.id', 'class_sessions.starts_at as startsAt', 'class_sessions.ends_at as endsAt'])
      .select(['teachers.resource_id as teacher', 'facilities.resource_id as room'])
      .select(['class_sessions.room_place as place', 'class_sessions.location_id as locationId'])
      .where('class_sessions.state', '=', 'planned')
      .where('class_sessions.starts_at', '>=', startsAt)
      .$if(after !== undefined, (query) =>
        query.where((eb) =>
          eb.or([eb('class_sessions.starts_at', '>', startsAt), eb('class_sessions.id', '>', bin(after!))]),
        ),
      )
      .orderBy('class_sessions.starts_at')
      .orderBy('class_sessions.id')
      .limit(HELD_PORTION)
      .execute();
  }

  private attending(startsAt: Date, after: Id | undefined) {
    return schoolQuery<ClassTables>(this.em)
      .selectFrom('class_attendances')
      .innerJoin('class_sessions', (on) =>
        on
          .onRef('class_sessions.school_id', '=', 'class_attendances.school_id')
          .onRef('class_sessions.id', '=', 'class_attendances.session_id'),
      )
      .innerJoin('students', (on) =>
        on
          .onRef('students.school_id', '=', 'class_attendances.school_id')
          .onRef('students.id', '=', 'class_attendances.student_id'),
      )
      .select(['class_attendances.id', 'class_attendances.starts_at as startsAt', 'class_sessions.ends_at as endsAt'])
      .select('students.resource_id as student')
      .where('class_attendances.state', 'in', comingStates)
      .where('class_attendances.starts_at', '>=', startsAt)
      .$if(after !== undefined, (query) =>
        query.where((eb) =>
          eb.or([eb('class_attendances.starts_at', '>', startsAt), eb('class_attendances.id', '>', bin(after!))]),
        ),
      )
      .orderBy('class_attendances.starts_at')
      .orderBy('class_attendances.id')
      .limit(HELD_PORTION)
      .execute();
  }
}

interface Timed {
  readonly id: Id;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

function heldBy({ id, startsAt, endsAt }: Timed, resources: readonly Omit<ResourceClaim, 'range'>[]): HeldTime {
  const range = new TimeRange(startsAt, endsAt);
  return { id, claims: resources.map((resource) => ({ ...resource, range })) };
}
