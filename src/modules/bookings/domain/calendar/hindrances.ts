import { teacherGrid, unitGrid, windowAround, type LessonSupply, type Site, type UnitTime } from './free-times.js';
import { SlotGrid } from './slot-grid.js';
import type { SlotSpan } from './slots.js';

/** What can be in the way of a lesson. */
export const hindrances = ['teacher', 'student', 'vehicle', 'trailer', 'facility', 'travel'] as const;
export type Hindrance = (typeof hindrances)[number];

export interface Hindered {
  /** None of the teachers works then, busy or not. */
  readonly nobodyAtWork: boolean;
  /** In the order of `hindrances`. */
  readonly by: readonly Hindrance[];
}

/** Why there is no place at the window's first start. Each is asked alone, at each of the locations, so several may be. */
export function hindrancesOf(supply: LessonSupply): Hindered {
  const { window, slots } = supply;
  const around = windowAround(supply);
  const lesson = { first: window.first, end: window.first + slots.lesson };
  const block = { first: lesson.first - slots.setup, end: lesson.end + slots.buffer };
  const found = new Set<Hindrance>();
  if (supply.student && !SlotGrid.open(around).without(supply.student).isOpen(lesson)) found.add('student');
  for (const site of supply.sites) for (const each of atSite(site, around, block)) found.add(each);
  const atWork = (site: Site) =>
    site.teachers.some((teacher) => teacherGrid(around, { ...teacher, busy: [] }, {}).isOpen(block));
  return { nobodyAtWork: !supply.sites.some(atWork), by: hindrances.filter((each) => found.has(each)) };
}

function atSite(site: Site, around: SlotSpan, block: SlotSpan): Hindrance[] {
  const there = { ways: new Map() };
  const teachers = (ways: Pick<Site, 'ways'>) =>
    site.teachers.some((teacher) => teacherGrid(around, teacher, ways).isOpen(block));
  const units = (of: readonly UnitTime[] | undefined, ways: Pick<Site, 'ways'>) =>
    of === undefined || of.some((unit) => unitGrid(around, unit, ways).isOpen(block));
  const free = [
    ['teacher', teachers],
    ['vehicle', (ways: Pick<Site, 'ways'>) => units(site.vehicles, ways)],
    ['trailer', (ways: Pick<Site, 'ways'>) => units(site.trailers, ways)],
    ['facility', (ways: Pick<Site, 'ways'>) => units(site.facilities, ways)],
  ] as const;
  return free.flatMap(([kind, isFree]): Hindrance[] => {
    if (!isFree(there)) return [kind];
    // Free, if only it were there already.
    return isFree(site) ? [] : ['travel'];
  });
}
