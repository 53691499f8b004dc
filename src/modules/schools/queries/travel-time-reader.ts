import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import { LocationReader } from './location-reader.js';

export interface TravelTimeView {
  readonly locationId: Id;
  readonly name: string;
  readonly minutes: number;
}

/** How long the ways between the current school's locations take. */
@Injectable()
export class TravelTimeReader {
  constructor(
    private readonly em: EntityManager,
    private readonly locations: LocationReader,
  ) {}

  /** From that location to those whose way is known, by name. Each end by its own key. @throws LocationNotFound */
  async from(locationId: Id): Promise<TravelTimeView[]> {
    await this.locations.get(locationId);
    const [school, here] = [bin(currentSchool()), bin(locationId)];
    const { rows } = await sql<TravelTimeView>`
      SELECT ways.there AS locationId, locations.name, ways.minutes FROM (
        SELECT school_id, other_location_id AS there, minutes FROM travel_times
          WHERE school_id = ${school} AND one_location_id = ${here}
        UNION ALL
        SELECT school_id, one_location_id, minutes FROM travel_times
          WHERE school_id = ${school} AND other_location_id = ${here}) ways
      JOIN locations ON locations.school_id = ways.school_id AND locations.id = ways.there
      ORDER BY locations.name, locations.id`.execute(globalQuery(this.em));
    return rows;
  }
}
