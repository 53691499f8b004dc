import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { afterName, pageByName } from '../../../platform/database/by-name.js';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import { VehicleNotFound } from '../domain/school-problems.js';
import { VehicleSchema, type VehicleDetails } from '../domain/vehicle.js';

export interface VehicleView extends VehicleDetails {
  readonly id: Id;
  readonly active: boolean;
}

export interface VehicleListQuery {
  readonly limit: number;
  readonly cursor?: string;
  readonly includeInactive?: boolean;
}

@Injectable()
export class VehicleReader {
  constructor(private readonly em: EntityManager) {}

  /** The school's vehicles by name, without the deactivated ones unless asked for. */
  async list({ limit, cursor, includeInactive }: VehicleListQuery): Promise<Page<VehicleView>> {
    const vehicles = includeInactive ? this.vehicles : this.vehicles.where('active', '=', true);
    const rows = await vehicles
      .where(afterName(cursor))
      .orderBy('name')
      .orderBy('id')
      .limit(limit + 1)
      .execute();
    return pageByName(rows, limit);
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
      .select(['id', 'name', 'plate', 'licence_class as licenceClass', 'gearbox', 'active']);
  }
}
