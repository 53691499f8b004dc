import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, type StreamableFile } from '@nestjs/common';
import { type Asked, byAge, List } from '../../../../platform/database/list.js';
import { bin, schoolQuery } from '../../../../platform/database/query.js';
import type { Page } from '../../../../platform/http/paging.js';
import { EventStreams } from '../../../../platform/http/sse.js';
import type { Id } from '../../../../platform/values/id.js';
import type { DayTables } from '../day-cancellations.tables.js';
import { type DayLessonState, dayLessonStates } from '../domain/day-cancellation-lesson.js';
import type { DayCancellationState, DayInScope, DayReason } from '../domain/day-cancellation.js';
import { DayCancellationNotFound } from '../domain/day-problems.js';

export interface DaySummary extends DayInScope {
  readonly id: Id;
  readonly reason: DayReason;
  readonly note: string | null;
  readonly rebook: boolean;
  readonly keepFree: boolean;
  readonly state: DayCancellationState;
  readonly createdBy: Id;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

export interface DayView extends DaySummary {
  /** How many lessons and theory classes are in each state. Counted, so that no process has to keep it. */
  readonly lessons: Readonly<Record<DayLessonState, number>>;
  readonly classes: Readonly<Record<DayLessonState, number>>;
}

export const dayList = new List({ sorts: { createdAt: byAge }, defaultSort: '-createdAt' });

/** What has become of the days that were cancelled. */
@Injectable()
export class DayCancellationReader {
  constructor(
    private readonly em: EntityManager,
    private readonly streams: EventStreams,
  ) {}

  async list(asked: Asked<typeof dayList>): Promise<Page<DaySummary>> {
    return dayList.page(daysIn(this.em), asked);
  }

  /** @throws DayCancellationNotFound */
  async summary(id: Id): Promise<DaySummary> {
    const row = await daysIn(this.em).where('id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new DayCancellationNotFound();
    return row;
  }

  /** @throws DayCancellationNotFound */
  async get(id: Id): Promise<DayView> {
    return {
      ...(await this.summary(id)),
      lessons: await this.count('day_cancellation_lessons', id),
      classes: await this.count('day_cancellation_classes', id),
    };
  }

  /** What get() answers each time it changes, until every lesson is seen to. @throws DayCancellationNotFound */
  follow(id: Id, lastEventId?: string): Promise<StreamableFile> {
    return this.streams.watch({
      read: () => this.get(id),
      isFinal: ({ state }) => state === 'done',
      lastEventId,
    });
  }

  private async count(
    table: 'day_cancellation_lessons' | 'day_cancellation_classes',
    id: Id,
  ): Promise<DayView['lessons']> {
    const counts = await schoolQuery<DayTables>(this.em)
      .selectFrom(table)
      .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
      .where('cancellation_id', '=', bin(id))
      .groupBy('state')
      .execute();
    const of = (state: DayLessonState) => counts.find((each) => each.state === state)?.count ?? 0;
    return Object.fromEntries(dayLessonStates.map((state) => [state, of(state)])) as DayView['lessons'];
  }
}

function daysIn(em: EntityManager) {
  return schoolQuery<DayTables>(em)
    .selectFrom('day_cancellations')
    .select(['id', 'date', 'scope', 'reason', 'note', 'rebook', 'state'])
    .select(['teacher_id as teacherId', 'vehicle_id as vehicleId', 'location_id as locationId'])
    .select(['keep_free as keepFree', 'created_by as createdBy'])
    .select(['created_at as createdAt', 'finished_at as finishedAt']);
}
