import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bins } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import { Scheduling, type ScheduleChange } from '../../../schools/index.js';
import { Calendar } from '../../domain/calendar/claims.js';
import type { FreeTime } from '../../domain/calendar/free-times.js';
import type { Named } from '../../domain/diary-item.js';
import type { NotAtWork } from '../../domain/not-at-work.js';
import { bookingsWithParties } from '../../queries/bookings-with-parties.js';
import { FreeTimesFinder } from '../../queries/free-times-finder.js';
import { wantedOf, type LessonWish } from '../../queries/lesson-candidates.js';
import type { Orphan } from '../../queries/orphan-search.js';

/** A lesson outside its teacher's hours, as the office reads it. */
export interface OrphanView {
  readonly bookingId: Id;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly reason: NotAtWork;
  readonly keptAt: Date | null;
  readonly student: Named;
  readonly teacher: Named;
  readonly lessonType: Named;
}

export interface OrphanWithAlternatives extends OrphanView {
  readonly alternatives: readonly FreeTime[];
}

/** No answer shows more lessons than that. */
export const MOST_SHOWN = 200;
// Each costs a search for free times of its own.
const MOST_WITH_ALTERNATIVES = 25;

/** Names the people of orphaned lessons, and finds where each could go. */
@Injectable()
export class OrphanViews {
  constructor(
    private readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly freeTimes: FreeTimesFinder,
    private readonly calendar: Calendar,
  ) {}

  async of(orphans: readonly Orphan[]): Promise<OrphanView[]> {
    const rows = await this.rows(orphans);
    return orphans.map((orphan) => viewOf(orphan, rows.get(orphan.bookingId)!));
  }

  /** The first of them with up to three free times each, at which any teacher could give the lesson; as if the change were saved. */
  async withAlternatives(orphans: readonly Orphan[], change?: ScheduleChange): Promise<OrphanWithAlternatives[]> {
    const rows = await this.rows(orphans);
    const { zone } = await this.scheduling.school();
    const views: OrphanWithAlternatives[] = [];
    for (const orphan of orphans) {
      const row = rows.get(orphan.bookingId)!;
      const wish = { ...(await this.wishOf(row)), zone, ...(change && { assuming: change }) };
      const alternatives =
        views.length < MOST_WITH_ALTERNATIVES ? await this.freeTimes.alternatives(wish, orphan.startsAt) : [];
      views.push({ ...viewOf(orphan, row), alternatives });
    }
    return views;
  }

  private async wishOf(row: Row): Promise<Omit<LessonWish, 'zone'>> {
    return {
      lessonType: await this.scheduling.lessonType(row.lessonTypeId),
      minutes: (row.endsAt.getTime() - row.startsAt.getTime()) / 60_000,
      setupMinutes: row.setupMinutes,
      bufferMinutes: row.bufferMinutes,
      studentResourceId: row.studentResourceId,
      ...(row.facilityId === null && { locationId: row.locationId }),
      preferred: wantedOf({ vehicleId: row.vehicleId, trailerId: row.trailerId, facilityId: row.facilityId }),
      bookingId: row.id,
      ownClaims: await this.calendar.heldBy(row.id),
    };
  }

  private async rows(orphans: readonly Orphan[]): Promise<Map<Id, Row>> {
    if (orphans.length === 0) return new Map();
    const rows = await query(this.em)
      .where('bookings.id', 'in', bins(orphans.map(({ bookingId }) => bookingId)))
      .execute();
    return new Map(rows.map((row) => [row.id, row]));
  }
}

function query(em: EntityManager) {
  return bookingsWithParties(em)
    .select(['bookings.id', 'bookings.starts_at as startsAt', 'bookings.ends_at as endsAt'])
    .select(['bookings.setup_minutes as setupMinutes', 'bookings.buffer_minutes as bufferMinutes'])
    .select(['bookings.student_id as studentId', 'students.name as studentName'])
    .select(['students.resource_id as studentResourceId', 'bookings.vehicle_id as vehicleId'])
    .select(['bookings.trailer_id as trailerId', 'bookings.facility_id as facilityId'])
    .select('bookings.location_id as locationId')
    .select(['bookings.teacher_id as teacherId', 'teachers.name as teacherName'])
    .select(['bookings.lesson_type_id as lessonTypeId', 'lesson_types.name as lessonTypeName']);
}

type Row = Awaited<ReturnType<ReturnType<typeof query>['execute']>>[number];

function viewOf({ bookingId, startsAt, endsAt, reason, keptAt }: Orphan, row: Row): OrphanView {
  return {
    bookingId,
    startsAt,
    endsAt,
    reason,
    keptAt,
    student: { id: row.studentId, name: row.studentName },
    teacher: { id: row.teacherId, name: row.teacherName },
    lessonType: { id: row.lessonTypeId, name: row.lessonTypeName },
  };
}
