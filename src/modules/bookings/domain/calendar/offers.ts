import { freePlaces, freeTimeAt, type FreeTime, type LessonSupply } from './free-times.js';

const ALTERNATIVES = 3;

/** The free times of the supply's window that start in a wanted quarter hour, one by one, so that a page costs no more than itself. */
export function* offers(supply: LessonSupply, isWanted = (_start: number) => true): Generator<FreeTime> {
  for (const place of freePlaces(supply)) if (isWanted(place.start)) yield freeTimeAt(place, supply.slots);
}

/** The three free times nearest to the one that could not be had, one for each start, in order of time. */
export function nearestTimes(times: Iterable<FreeTime>, startsAt: Date): FreeTime[] {
  const byStart = new Map<number, FreeTime>();
  for (const time of times) if (!byStart.has(time.startsAt.getTime())) byStart.set(time.startsAt.getTime(), time);
  const distance = (time: FreeTime) => Math.abs(time.startsAt.getTime() - startsAt.getTime());
  const nearest = [...byStart.values()].sort((a, b) => distance(a) - distance(b)).slice(0, ALTERNATIVES);
  return nearest.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
}
