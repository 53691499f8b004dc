import { Injectable } from '@nestjs/common';
import { DecoratedMethods } from '../../../../platform/discovery/decorated-methods.js';
import {
  type CalendarAsked,
  type CalendarEntry,
  calendarEntriesMetadataKey,
  type CalendarLister,
} from '../../ports/calendar-entries.js';

/** What all areas together have in a calendar. */
@Injectable()
export class CalendarEntries {
  constructor(private readonly methods: DecoratedMethods) {}

  /** In order of time, at most as many as asked for. */
  async list(asked: CalendarAsked): Promise<CalendarEntry[]> {
    const listers = this.methods.find<string, CalendarLister>(calendarEntriesMetadataKey);
    const found = await Promise.all(listers.map(({ call }) => call(asked)));
    return found
      .flat()
      .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || (a.uid < b.uid ? -1 : 1))
      .slice(0, asked.limit);
  }
}
