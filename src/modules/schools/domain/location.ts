import { defineEntity } from '@mikro-orm/core';
import { bool, code, id, instant, int, schoolScoped, text } from '../../../platform/database/columns.js';
import { given } from '../../../platform/values/given.js';
import { newId, type Id } from '../../../platform/values/id.js';

export const locationKinds = ['branch', 'meeting_point'] as const;
export type LocationKind = (typeof locationKinds)[number];

export const LocationSchema = defineEntity({
  name: 'Location',
  tableName: 'locations',
  ...schoolScoped,
  uniques: [{ name: 'locations_school_id_id_unique', properties: ['schoolId', 'id'] }],
  indexes: [{ name: 'locations_school_id_name_index', properties: ['schoolId', 'name', 'id'] }],
  properties: {
    id: id().primary(),
    schoolId: id(),
    name: text(120),
    kind: code<LocationKind>(),
    addressLine: text(160).nullable(),
    postcode: text(10).nullable(),
    city: text(80).nullable(),
    active: bool(),
    createdAt: instant(),
  },
});

/** How long the way between two of a school's locations takes, both ways alike: one row a pair, the smaller id first. */
export const TravelTimeSchema = defineEntity({
  name: 'TravelTime',
  tableName: 'travel_times',
  ...schoolScoped,
  indexes: [{ name: 'travel_times_other', properties: ['schoolId', 'otherLocationId'] }],
  properties: {
    schoolId: id().primary(),
    oneLocationId: id().primary(),
    otherLocationId: id().primary(),
    minutes: int(),
  },
});

export interface LocationDetails {
  readonly name: string;
  readonly kind: LocationKind;
  readonly addressLine?: string | null;
  readonly postcode?: string | null;
  readonly city?: string | null;
}

export type LocationChange = Partial<LocationDetails> & { readonly active?: boolean };

/** Where lessons begin and end: a branch of the school, or a place at which it meets its students. */
export class Location extends LocationSchema.class {
  static open(schoolId: Id, details: LocationDetails, at: Date): Location {
    const address = { addressLine: null, postcode: null, city: null };
    const location = Object.assign(new Location(), address, { id: newId(), schoolId, active: true, createdAt: at });
    location.change(details);
    return location;
  }

  change(change: LocationChange): void {
    Object.assign(this, given(change));
  }
}
LocationSchema.setClass(Location);
