import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byText, is, List } from '../../../platform/database/list.js';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import { VehicleNotFound } from '../domain/school-problems.js';
import { VehicleSchema, type Gearbox, type VehicleDetails, type VehicleKind } from '../domain/vehicle.js';

export interface VehicleView extends VehicleDetails {
  readonly id: Id;
  readonly kind: VehicleKind;
  readonly gearbox: Gearbox | null;
  readonly homeLocationId: Id | null;
  readonly active: boolean;
}

export const vehicleList = new List({
  sorts: { name: byText('name') },
  defaultSort: 'name',
  filters: { kind: is<VehicleKind>('kind') },
});

export interface VehiclesAsked extends Asked<typeof vehicleList> {
  readonly includeInactive?: boolean;
}

@Injectable()
export class VehicleReader {
  constructor(private readonly em: EntityManager) {}

  /** The school's vehicles, without the deactivated ones unless asked for. */
  list(asked: VehiclesAsked): Promise<Page<VehicleView>> {
    const vehicles = asked.includeInactive ? this.vehicles : this.vehicles.where('active', '=', true);
    return vehicleList.page(vehicles, asked);
  }

  /** @throws VehicleNotFound */
  async get(id: Id): Promise<VehicleView> {
    const row = await this.vehicles.where('id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new VehicleNotFound();
    return row;
  }

  private get vehicles() {
    return schoolQuery<Tables<typeof VehicleSchema>>(this.em)
      .selectFrom('vehicles')
      .select(['id', 'kind', 'name', 'plate', 'licence_class as licenceClass', 'gearbox'])
      .select(['home_location_id as homeLocationId', 'active']);
  }
}
