import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byText, is, List } from '../../../platform/database/list.js';
import { bin, bins, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import type { LocationKind, LocationSchema } from '../domain/location.js';
import { LocationNotFound, UnknownLocation } from '../domain/school-problems.js';

export interface LocationView {
  readonly id: Id;
  readonly name: string;
  readonly kind: LocationKind;
  readonly addressLine: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
  readonly active: boolean;
}

export const locationList = new List({
  sorts: { name: byText('name') },
  defaultSort: 'name',
  filters: { kind: is<LocationKind>('kind') },
});

export interface LocationsAsked extends Asked<typeof locationList> {
  readonly includeInactive?: boolean;
}

/** Where the school teaches. */
@Injectable()
export class LocationReader {
  constructor(private readonly em: EntityManager) {}

  /** The school's locations, without those out of use unless asked for. */
  list(asked: LocationsAsked): Promise<Page<LocationView>> {
    const locations = asked.includeInactive ? this.locations : this.locations.where('active', '=', true);
    return locationList.page(locations, asked);
  }

  /** @throws LocationNotFound */
  async get(id: Id): Promise<LocationView> {
    const row = await this.locations.where('id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new LocationNotFound();
    return row;
  }

  /** That what a field names is the school's, in use or not; null and nothing are. @throws UnknownLocation naming the field */
  async checkKnown(ids: readonly (Id | null | undefined)[], field: string): Promise<void> {
    const named = [...new Set(ids.filter((id) => id !== null && id !== undefined))];
    if (named.length === 0) return;
    const found = await this.locations.where('id', 'in', bins(named)).execute();
    if (found.length < named.length) throw new UnknownLocation(field);
  }

  private get locations() {
    return schoolQuery<Tables<typeof LocationSchema>>(this.em)
      .selectFrom('locations')
      .select(['id', 'name', 'kind', 'address_line as addressLine', 'postcode', 'city', 'active']);
  }
}
