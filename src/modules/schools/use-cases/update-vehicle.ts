import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { changedFields } from '../../../platform/audit/changed-fields.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../platform/http/conditional/precondition.js';
import type { Id } from '../../../platform/values/id.js';
import { VehicleNotFound } from '../domain/school-problems.js';
import { Vehicle, type VehicleChange } from '../domain/vehicle.js';
import { LocationReader } from '../queries/location-reader.js';
import { VehicleReader, type VehicleView } from '../queries/vehicle-reader.js';
import { namingThePlate } from './add-vehicle.js';

/** Changes a vehicle, or takes it out of use: lessons booked with it stand, new ones do not get it. */
@Injectable()
export class UpdateVehicle {
  constructor(
    readonly em: EntityManager,
    private readonly locations: LocationReader,
    private readonly reader: VehicleReader,
    private readonly audit: Audit,
  ) {}

  /** @throws VehicleNotFound, InvalidPlate, InvalidVehicle, PlateTaken, UnknownLocation */
  @Transaction()
  async execute(vehicleId: Id, change: VehicleChange): Promise<VehicleView> {
    const vehicle = await this.em.findOne(Vehicle, { id: vehicleId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!vehicle) throw new VehicleNotFound();
    await assertAsSeen(() => this.reader.get(vehicleId));
    await this.locations.checkKnown([change.homeLocationId], 'homeLocationId');
    const fields = changedFields(vehicle, change);
    vehicle.change(change);
    await this.em.flush().catch(namingThePlate);
    const { active } = vehicle;
    await this.audit.record({ action: 'vehicle.updated', subjectId: vehicleId, details: { fields, active } });
    return this.reader.get(vehicleId);
  }
}
