import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { isDuplicateKey, Transaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import { PlateTaken } from '../domain/school-problems.js';
import { Vehicle, type VehicleDetails } from '../domain/vehicle.js';
import { LocationReader } from '../queries/location-reader.js';
import { VehicleReader, type VehicleView } from '../queries/vehicle-reader.js';
import { ResourceRegistry } from './resource-registry.js';

@Injectable()
export class AddVehicle {
  constructor(
    readonly em: EntityManager,
    private readonly resources: ResourceRegistry,
    private readonly locations: LocationReader,
    private readonly reader: VehicleReader,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** @throws InvalidPlate, InvalidVehicle, PlateTaken, UnknownLocation */
  @Transaction()
  async execute(details: VehicleDetails): Promise<VehicleView> {
    await this.locations.checkKnown([details.homeLocationId], 'homeLocationId');
    const resourceId = await this.resources.forVehicle();
    const vehicle = Vehicle.register(currentSchool(), resourceId, details, this.clock.now());
    await this.em.persist(vehicle).flush().catch(namingThePlate);
    await this.audit.record({ action: 'vehicle.added', subjectId: vehicle.id });
    return this.reader.get(vehicle.id);
  }
}

/** Turns a duplicate plate into its problem. */
export function namingThePlate(error: unknown): never {
  throw isDuplicateKey(error, 'vehicles_school_id_plate_unique') ? new PlateTaken() : error;
}
