import { defineEntity } from '@mikro-orm/core';
import { bool, code, id, instant, int, schoolScoped, text } from '../../../platform/database/columns.js';
import { given } from '../../../platform/values/given.js';
import { newId, type Id } from '../../../platform/values/id.js';

export const facilityKinds = ['room', 'track', 'skid_pad'] as const;
export type FacilityKind = (typeof facilityKinds)[number];

export const FacilitySchema = defineEntity({
  name: 'Facility',
  tableName: 'facilities',
  ...schoolScoped,
  uniques: [
    { name: 'facilities_school_id_id_unique', properties: ['schoolId', 'id'] },
    { name: 'facilities_school_id_resource_id_unique', properties: ['schoolId', 'resourceId'] },
  ],
  indexes: [
    { name: 'facilities_school_id_name_index', properties: ['schoolId', 'name', 'id'] },
    { name: 'facilities_location_index', properties: ['schoolId', 'locationId'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    resourceId: int().unsigned(),
    locationId: id().nullable(),
    name: text(120),
    kind: code<FacilityKind>(),
    seats: int().nullable(),
    active: bool(),
    createdAt: instant(),
  },
});

export interface FacilityDetails {
  readonly name: string;
  readonly kind: FacilityKind;
  /** Where it is; null when that does not matter to anybody's way. */
  readonly locationId?: Id | null;
  /** How many lessons or classes may be there at once, 1 to 200; kept as its resource's capacity. */
  readonly places: number;
  /** How many people a room seats; null when nobody counts. */
  readonly seats?: number | null;
}

export type FacilityChange = Partial<Omit<FacilityDetails, 'kind' | 'places'>> & { readonly active?: boolean };

/** A classroom, a manoeuvring track (manøvrebane) or a skid pad (køreteknisk anlæg) that the school may use. */
export class Facility extends FacilitySchema.class {
  static open(schoolId: Id, resourceId: number, details: Omit<FacilityDetails, 'places'>, at: Date): Facility {
    const own = { id: newId(), schoolId, resourceId, kind: details.kind, active: true, createdAt: at };
    const facility = Object.assign(new Facility(), { locationId: null, seats: null }, own);
    facility.change(details);
    return facility;
  }

  change({ name, locationId, seats, active }: FacilityChange): void {
    Object.assign(this, given({ name, locationId, seats, active }));
  }
}
FacilitySchema.setClass(Facility);
