import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byText, is, isIdOf, List } from '../../../platform/database/list.js';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import type { FacilityKind, FacilitySchema } from '../domain/facility.js';
import type { ResourceSchema } from '../domain/resource.js';
import { FacilityNotFound } from '../domain/school-problems.js';

export interface FacilityView {
  readonly id: Id;
  readonly name: string;
  readonly kind: FacilityKind;
  readonly locationId: Id | null;
  /** How many lessons or classes may be there at once. */
  readonly places: number;
  readonly seats: number | null;
  readonly active: boolean;
}

export const facilityList = new List({
  id: 'facilities.id',
  sorts: { name: byText('facilities.name') },
  defaultSort: 'name',
  filters: { kind: is<FacilityKind>('facilities.kind'), locationId: isIdOf('facilities.location_id') },
});

export interface FacilitiesAsked extends Asked<typeof facilityList> {
  readonly includeInactive?: boolean;
}

/** The school's rooms, tracks and skid pads. */
@Injectable()
export class FacilityReader {
  constructor(private readonly em: EntityManager) {}

  /** By name, without those out of use unless asked for. */
  list(asked: FacilitiesAsked): Promise<Page<FacilityView>> {
    const facilities = asked.includeInactive ? this.facilities : this.facilities.where('facilities.active', '=', true);
    return facilityList.page(facilities, asked);
  }

  /** @throws FacilityNotFound */
  async get(id: Id): Promise<FacilityView> {
    const row = await this.facilities.where('facilities.id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new FacilityNotFound();
    return row;
  }

  private get facilities() {
    return schoolQuery<Tables<typeof FacilitySchema | typeof ResourceSchema>>(this.em)
      .selectFrom('facilities')
      .innerJoin('resources', 'resources.id', 'facilities.resource_id')
      .select(['facilities.id', 'facilities.name', 'facilities.kind', 'facilities.location_id as locationId'])
      .select(['resources.capacity as places', 'facilities.seats', 'facilities.active']);
  }
}
