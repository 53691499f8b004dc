import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { globalQuery } from '../../../platform/database/query.js';
import type { BusyDay } from '../domain/calendar/busy-mask.js';
import { dayOf, type SlotSpan } from '../domain/calendar/slots.js';
import type { CalendarTables } from './tables.js';

/** The mask of one place of one resource on one day. */
export interface BusyPlace extends BusyDay {
  readonly resourceId: number;
  readonly place: number;
}

/** When resources are taken, by whichever school: the times alone, never whose. */
@Injectable()
export class BusyDays {
  constructor(private readonly em: EntityManager) {}

  /** All days that the span touches on which anything of theirs is taken. */
  async of(resourceIds: readonly number[], span: SlotSpan): Promise<BusyPlace[]> {
    if (resourceIds.length === 0) return [];
    return globalQuery<CalendarTables>(this.em)
      .selectFrom('resource_days')
      .select(['resource_id as resourceId', 'day', 'place', 'lo', 'hi'])
      .where('resource_id', 'in', [...resourceIds])
      .where('day', '>=', dayOf(span.first))
      .where('day', '<=', dayOf(span.end - 1))
      .execute();
  }
}
