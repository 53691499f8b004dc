import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { bin, globalQuery, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { assertAsSeen } from '../../../platform/http/conditional/precondition.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import type { LocationSchema, TravelTimeSchema } from '../domain/location.js';
import { checkTravelTimes, pairOf, type TravelTime } from '../domain/travel-times.js';
import { LocationReader } from '../queries/location-reader.js';
import { TravelTimeReader, type TravelTimeView } from '../queries/travel-time-reader.js';

/** Says how long it takes from a location to the others; a way that is left out takes no time. Lessons booked already stand. */
@Injectable()
export class SetTravelTimes {
  constructor(
    readonly em: EntityManager,
    private readonly locations: LocationReader,
    private readonly reader: TravelTimeReader,
    private readonly audit: Audit,
  ) {}

  /** @throws LocationNotFound, InvalidTravelTimes, UnknownLocation */
  @Transaction()
  async execute(locationId: Id, travelTimes: readonly TravelTime[]): Promise<TravelTimeView[]> {
    checkTravelTimes(locationId, travelTimes);
    await this.lockLocations();
    await this.locations.get(locationId);
    await this.locations.checkKnown(
      travelTimes.map((way) => way.locationId),
      'travelTimes',
    );
    await assertAsSeen(() => this.reader.from(locationId));
    await this.replace(locationId, travelTimes);
    const details = { locations: travelTimes.length };
    await this.audit.record({ action: 'location.travel_times_set', subjectId: locationId, details });
    return this.reader.from(locationId);
  }

  /** All of them, and in one order: a way has two ends, and whoever says it from the other one waits here. */
  private async lockLocations(): Promise<void> {
    const locations = schoolQuery<Tables<typeof LocationSchema>>(this.em).selectFrom('locations').select('id');
    await locations.orderBy('id').forUpdate().execute();
  }

  private async replace(locationId: Id, travelTimes: readonly TravelTime[]): Promise<void> {
    const db = globalQuery<Tables<typeof TravelTimeSchema>>(this.em);
    const school_id = bin(currentSchool());
    for (const end of ['one_location_id', 'other_location_id'] as const) {
      const ways = db.deleteFrom('travel_times').where('school_id', '=', school_id);
      await ways.where(end, '=', bin(locationId)).execute();
    }
    if (travelTimes.length === 0) return;
    const rows = travelTimes.map((way) => {
      const [one, other] = pairOf(locationId, way.locationId);
      return { school_id, one_location_id: bin(one), other_location_id: bin(other), minutes: way.minutes };
    });
    await db.insertInto('travel_times').values(rows).execute();
  }
}
