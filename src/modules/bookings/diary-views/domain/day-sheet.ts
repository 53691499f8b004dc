import type { BusyDay } from '../../domain/calendar/busy-mask.js';
import { SlotGrid } from '../../domain/calendar/slot-grid.js';
import { SLOT_MINUTES, type SlotSpan } from '../../domain/calendar/slots.js';

/** One resource's time on one date, in quarter hours. */
export interface DayTime {
  /** The date from midnight to midnight of the school's clocks: 92, 96 or 100 quarter hours. */
  readonly window: SlotSpan;
  /** When it may be used; time off not yet taken out. */
  readonly hours: readonly SlotSpan[];
  readonly timeOff: readonly SlotSpan[];
  /** Everything that is claimed, by whichever school. */
  readonly busy: readonly BusyDay[];
  /** What this school's diary shows of it, setup and buffer included. */
  readonly own: readonly SlotSpan[];
  /** The length of the shortest lesson; null when the school offers none. */
  readonly shortestLesson: number | null;
}

/** A free span of working time; it is a hole when not even the shortest lesson fits. */
export interface FreeSpan extends SlotSpan {
  readonly fitsLesson: boolean;
}

export interface DaySheet {
  /** Working time, time off taken out. */
  readonly working: readonly SlotSpan[];
  readonly timeOff: readonly SlotSpan[];
  /** Taken, and by nothing that this school knows of. */
  readonly busyElsewhere: readonly SlotSpan[];
  readonly free: readonly FreeSpan[];
  readonly workingMinutes: number;
  /** By this school's diary, within working time or outside of it. */
  readonly claimedMinutes: number;
  /** The part of the working time that this school's diary has claimed. */
  readonly usedMinutes: number;
}

/** What a day of a teacher or vehicle looks like: its hours, what is free of them, and how well they are used. */
export function daySheet({ window, hours, timeOff, busy, own, shortestLesson }: DayTime): DaySheet {
  const claimed = SlotGrid.closed(window).opened(own);
  const outsideOwn = SlotGrid.open(window).without(busy).opened(own);
  // One grid, closed step by step: what is worked, less what is ours, less what anybody has.
  const grid = SlotGrid.closed(window).opened(hours).closed(timeOff);
  const [working, workingSlots] = [grid.spans(), grid.size];
  const unusedSlots = grid.closed(own).size;
  const free = grid.without(busy).spans();
  return {
    working,
    timeOff: SlotGrid.closed(window).opened(timeOff).spans(),
    busyElsewhere: SlotGrid.open(window).closed(outsideOwn.spans()).spans(),
    free: free.map((span) => ({
      ...span,
      fitsLesson: shortestLesson !== null && span.end - span.first >= shortestLesson,
    })),
    workingMinutes: workingSlots * SLOT_MINUTES,
    claimedMinutes: claimed.size * SLOT_MINUTES,
    usedMinutes: (workingSlots - unusedSlots) * SLOT_MINUTES,
  };
}

/** How much of the working time is used, in whole percent; null when nobody works. */
export function utilisation(used: number, working: number): number | null {
  return working === 0 ? null : Math.round((100 * used) / working);
}
