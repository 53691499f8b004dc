import { acrossSchools, inSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';

/** Does work for an endpoint where its rows are in reach: in its school, or in none when it is a partner's. */
export function inEndpointScope<T>(schoolId: Id | null, work: () => T): T {
  return schoolId === null
    ? acrossSchools('a partner’s endpoint belongs to no school', work)
    : inSchool(schoolId, work);
}
