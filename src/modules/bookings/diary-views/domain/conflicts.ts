import type { Id } from '../../../../platform/values/id.js';
import { slotsTouched } from '../../domain/calendar/slots.js';
import { blockOf, type DiaryItem } from '../../domain/diary-item.js';
import { type TeacherSchedule, whyOutside } from '../../queries/teacher-schedules.js';
import { isTooFar, type Ways } from '../../queries/whereabouts.js';

/** What is wrong with something that stands in the diary: nothing of it was so when it was booked. */
export const conflictKinds = ['outside_hours', 'time_off', 'school_closed', 'travel'] as const;
export type ConflictKind = (typeof conflictKinds)[number];

/** What is wrong with the time of its teacher, who works so. */
export function hoursConflicts(item: DiaryItem, schedule: TeacherSchedule): ConflictKind[] {
  const why = whyOutside(item, schedule);
  return why ? [why] : [];
}

/** Those that follow another of the same teacher or vehicle at another location, with less time between them than the way takes. */
export function travelConflicts(items: readonly DiaryItem[], waysTo: ReadonlyMap<Id, Ways>): Set<Id> {
  const late = new Set<Id>();
  for (const its of [...groups(items, 'teacher'), ...groups(items, 'vehicle'), ...groups(items, 'trailer')]) {
    its.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
    for (let i = 1; i < its.length; i++) {
      const [before, item] = [its[i - 1]!, its[i]!];
      const ways = item.location && waysTo.get(item.location.id);
      if (!before.location || !ways) continue;
      const stay = { locationId: before.location.id, ...slotsTouched(blockOf(before)) };
      if (isTooFar(stay, ways, slotsTouched(blockOf(item)))) late.add(item.id);
    }
  }
  return late;
}

function groups(items: readonly DiaryItem[], by: 'teacher' | 'vehicle' | 'trailer'): DiaryItem[][] {
  return [...Map.groupBy(items, (item) => item[by]?.id)].flatMap(([id, its]) => (id ? [its] : []));
}
