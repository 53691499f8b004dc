import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, bins, globalQuery, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import type { FacilitySchema } from '../domain/facility.js';
import type { LessonNeeds } from '../domain/lesson-type-rules.js';
import type { LocationSchema } from '../domain/location.js';
import type { ResourceSchema } from '../domain/resource.js';
import type { VehicleKind, VehicleSchema } from '../domain/vehicle.js';

type Db = Tables<typeof VehicleSchema | typeof FacilitySchema | typeof LocationSchema | typeof ResourceSchema>;

export interface SchedulableVehicle {
  readonly id: Id;
  readonly resourceId: number;
  readonly kind: VehicleKind;
  readonly homeLocationId: Id | null;
}

export interface SchedulableFacility {
  readonly id: Id;
  readonly resourceId: number;
  readonly locationId: Id | null;
  readonly places: number;
}

type VehicleNeeds = Pick<LessonNeeds, 'licenceClass'> &
  Partial<Pick<LessonNeeds, 'vehicleClass' | 'gearbox' | 'needsTrailer'>>;

/** How long it takes between two locations, either way. */
export interface Way {
  readonly from: Id;
  readonly to: Id;
  readonly minutes: number;
}

/** What the current school has for lessons besides teachers, and how far it is between its locations. Plain rows. */
@Injectable()
export class LessonResources {
  constructor(private readonly em: EntityManager) {}

  /** Vehicles in use that do for such a lesson, and its trailers when it takes one, by name. */
  async vehiclesFor(needs: VehicleNeeds): Promise<SchedulableVehicle[]> {
    const { licenceClass, vehicleClass, gearbox, needsTrailer = false } = needs;
    return schoolQuery<Db>(this.em)
      .selectFrom('vehicles')
      .select(['id', 'resource_id as resourceId', 'kind', 'home_location_id as homeLocationId'])
      .where('active', '=', true)
      .where((row) => {
        const drives = [row('kind', '=', 'vehicle'), row('licence_class', '=', vehicleClass ?? licenceClass)];
        const vehicle = row.and(gearbox ? [...drives, row('gearbox', '=', gearbox)] : drives);
        if (!needsTrailer) return vehicle;
        return row.or([vehicle, row.and([row('kind', '=', 'trailer'), row('licence_class', '=', licenceClass)])]);
      })
      .orderBy('name')
      .orderBy('id')
      .execute();
  }

  /** Those of the kind in use, by name. */
  async facilitiesOf(kind: NonNullable<LessonNeeds['facilityKind']>): Promise<SchedulableFacility[]> {
    return schoolQuery<Db>(this.em)
      .selectFrom('facilities')
      .innerJoin('resources', 'resources.id', 'facilities.resource_id')
      .select(['facilities.id', 'facilities.resource_id as resourceId', 'facilities.location_id as locationId'])
      .select('resources.capacity as places')
      .where('facilities.kind', '=', kind)
      .where('facilities.active', '=', true)
      .orderBy('facilities.name')
      .orderBy('facilities.id')
      .execute();
  }

  /** True when lessons may begin there. */
  async isInUse(locationId: Id): Promise<boolean> {
    const locations = schoolQuery<Db>(this.em).selectFrom('locations').select('id').where('id', '=', bin(locationId));
    return (await locations.where('active', '=', true).executeTakeFirst()) !== undefined;
  }

  /** The ways to and from those locations; where none is known, it takes no time. */
  async waysFrom(locationIds: readonly Id[]): Promise<Way[]> {
    if (locationIds.length === 0) return [];
    const [school, here] = [bin(currentSchool()), sql.join(bins(locationIds))];
    const { rows } = await sql<Way>`
      SELECT one_location_id AS \`from\`, other_location_id AS \`to\`, minutes FROM travel_times
        WHERE school_id = ${school} AND one_location_id IN (${here})
      UNION ALL SELECT one_location_id, other_location_id, minutes FROM travel_times
        WHERE school_id = ${school} AND other_location_id IN (${here})`.execute(globalQuery(this.em));
    return rows;
  }

  /** Makes this transaction and any other that takes one of the vehicles somewhere wait for each other; see Scheduling.bumpScheduleVersion(). */
  async bumpVehicleVersions(vehicleIds: readonly Id[]): Promise<void> {
    if (vehicleIds.length === 0) return;
    await globalQuery<Db>(this.em)
      .updateTable('vehicles')
      .set((row) => ({ schedule_version: row('schedule_version', '+', 1) }))
      .where('school_id', '=', bin(currentSchool()))
      .where('id', 'in', bins([...vehicleIds].sort()))
      .execute();
  }
}
