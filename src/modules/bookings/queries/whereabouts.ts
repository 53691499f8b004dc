import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bins, schoolQuery } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import { LessonResources } from '../../schools/index.js';
import type { Stay } from '../domain/calendar/claimed-slots.js';
import { SLOTS_PER_DAY, slotsFor, type SlotSpan } from '../domain/calendar/slots.js';
import type { CalendarTables } from './tables.js';

/** Quarter hours to a location from each of the others that is any way off. */
export type Ways = ReadonlyMap<Id, number>;

/** Whether who stays there cannot be at the place that the ways lead to, for all of the span: the way does not fit in between. */
export function isTooFar({ locationId, first, end }: Omit<Stay, 'resourceId'>, ways: Ways, span: SlotSpan): boolean {
  const way = ways.get(locationId) ?? 0;
  return first - way < span.end && span.first < end + way;
}

/** Where teachers, vehicles and trailers are, and how far that is from somewhere else. Of the current school: another's places are none of ours. */
@Injectable()
export class Whereabouts {
  constructor(
    private readonly em: EntityManager,
    private readonly resources: LessonResources,
  ) {}

  /** The ways to each of those locations. */
  async waysTo(locationIds: readonly Id[]): Promise<Map<Id, Ways>> {
    const rows = await this.resources.waysFrom(locationIds);
    return new Map(
      locationIds.map((here) => {
        const ways = rows.flatMap(({ from, to, minutes }): [Id, number][] =>
          from === here ? [[to, slotsFor(minutes)]] : to === here ? [[from, slotsFor(minutes)]] : [],
        );
        return [here, new Map(ways)];
      }),
    );
  }

  /** Where those resources are around the span, a day's way off included; without what is in nobody's way. */
  async around(resourceIds: readonly number[], span: SlotSpan, without: readonly Id[]): Promise<Stay[]> {
    if (resourceIds.length === 0) return [];
    return schoolQuery<CalendarTables>(this.em)
      .selectFrom('whereabouts')
      .select(['resource_id as resourceId', 'location_id as locationId', 'first_slot as first', 'end_slot as end'])
      .where('resource_id', 'in', [...resourceIds])
      .where('first_slot', '>', span.first - SLOTS_PER_DAY)
      .where('first_slot', '<', span.end + SLOTS_PER_DAY)
      .$if(without.length > 0, (query) => query.where('claimed_by', 'not in', bins(without)))
      .execute();
  }
}
