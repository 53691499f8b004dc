import type { Hindrance } from '../domain/calendar/hindrances.js';
import type { MissingResource } from '../domain/errors.js';
import type { Candidates } from '../queries/lesson-candidates.js';
import type { LessonPlace } from './lesson-place.js';

const things = { vehicle: 'vehicles', trailer: 'trailers', facility: 'facilities' } as const;

/** What the lesson needs and the school does not have. */
export function missingIn(candidates: Candidates): MissingResource[] {
  const kinds = (['vehicle', 'trailer', 'facility'] as const).filter((kind) => candidates[things[kind]]?.length === 0);
  return candidates.teachers.length === 0 ? ['teacher', ...kinds] : kinds;
}

/** True when nothing of that kind is left to choose once the one that was chosen is taken. */
export function isLastOf(candidates: Candidates, kind: Hindrance): boolean {
  if (kind === 'student') return true;
  if (kind === 'travel') return false;
  const all = kind === 'teacher' ? candidates.teachers : candidates[things[kind]];
  return all?.length === 1;
}

/** The only way there is to give the lesson; undefined when there is something to choose. */
export function onlyPlace({ teachers, vehicles, trailers, facilities, sites }: Candidates): LessonPlace | undefined {
  const [teacher] = teachers;
  const [site] = sites;
  const pools = [teachers, sites, vehicles ?? [], trailers ?? [], facilities ?? []];
  if (!teacher || !site || pools.some((pool) => pool.length > 1)) return undefined;
  const [vehicle = null] = vehicles ?? [];
  const [trailer = null] = trailers ?? [];
  const [facility = null] = facilities ?? [];
  return { teacher, vehicle, trailer, facility, locationId: site.locationId };
}

/** Prefers a place at random, where many want one of many places: after a round lost, all would want the same one again. */
export function withLuck(candidates: Candidates): Candidates {
  const { facilities = [], sites } = candidates;
  if (facilities.length < 2) return candidates;
  const lucky = facilities[Math.floor(Math.random() * facilities.length)];
  const marked = new Map(facilities.map((each) => [each, { ...each, preferred: each === lucky || each.preferred }]));
  return {
    ...candidates,
    facilities: [...marked.values()],
    sites: sites.map((site) => ({ ...site, facilities: site.facilities?.map((each) => marked.get(each)!) ?? [] })),
  };
}
