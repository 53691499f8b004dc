import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bins, globalQuery } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import type { TimeRange } from '../../../../platform/values/time-range.js';
import { slotsTouched } from '../../domain/calendar/slots.js';
import type { CalendarTables } from '../../queries/tables.js';

/** Which quarter hours of some resources' places are taken. */
export class TakenTimes {
  private readonly slots = new Map<string, Set<number>>();

  constructor(rows: readonly { resourceId: number; place: number; slot: number }[]) {
    for (const { resourceId, place, slot } of rows) {
      const key = `${resourceId}:${place}`;
      this.slots.set(key, (this.slots.get(key) ?? new Set()).add(slot));
    }
  }

  isBusy(resourceId: number, range: TimeRange, place = 0): boolean {
    const taken = this.slots.get(`${resourceId}:${place}`);
    if (!taken) return false;
    const { first, end } = slotsTouched(range);
    for (let slot = first; slot < end; slot++) if (taken.has(slot)) return true;
    return false;
  }

  /** The first place that is free for all of the range; undefined when none is. */
  freePlace({ resourceId, places }: { resourceId: number; places: number }, range: TimeRange): number | undefined {
    for (let place = 0; place < places; place++) if (!this.isBusy(resourceId, range, place)) return place;
    return undefined;
  }
}

/** What is in the way of a class, read before it is claimed. The claims themselves decide. */
@Injectable()
export class ClaimedTimes {
  constructor(private readonly em: EntityManager) {}

  /**
   * Everything that is claimed of the resources from the first of the ranges to the last, except by the claimants in `own`; one
   * read along the claims' key.
   */
  async of(resourceIds: readonly number[], ranges: readonly TimeRange[], own: readonly Id[] = []): Promise<TakenTimes> {
    if (resourceIds.length === 0 || ranges.length === 0) return new TakenTimes([]);
    const spans = ranges.map(slotsTouched);
    let claims = globalQuery<CalendarTables>(this.em)
      .selectFrom('claims')
      .select(['resource_id as resourceId', 'place', 'slot'])
      .where('resource_id', 'in', [...resourceIds])
      .where('slot', '>=', Math.min(...spans.map(({ first }) => first)))
      .where('slot', '<', Math.max(...spans.map(({ end }) => end)));
    if (own.length > 0) claims = claims.where('claimed_by', 'not in', bins(own));
    return new TakenTimes(await claims.execute());
  }
}
