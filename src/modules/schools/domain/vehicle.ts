import { defineEntity } from '@mikro-orm/core';
import { bool, code, id, instant, int, schoolScoped, text } from '../../../platform/database/columns.js';
import { given } from '../../../platform/values/given.js';
import { newId, type Id } from '../../../platform/values/id.js';
import type { LicenceClass } from './licence-class.js';
import { normalisePlate } from './plate.js';

export const gearboxes = ['manual', 'automatic'] as const;
export type Gearbox = (typeof gearboxes)[number];

export const VehicleSchema = defineEntity({
  name: 'Vehicle',
  tableName: 'vehicles',
  ...schoolScoped,
  uniques: [
    { name: 'vehicles_school_id_id_unique', properties: ['schoolId', 'id'] },
    { name: 'vehicles_school_id_plate_unique', properties: ['schoolId', 'plate'] },
    { name: 'vehicles_school_id_resource_id_unique', properties: ['schoolId', 'resourceId'] },
  ],
  indexes: [{ name: 'vehicles_school_id_name_index', properties: ['schoolId', 'name', 'id'] }],
  properties: {
    id: id().primary(),
    schoolId: id(),
    resourceId: int().unsigned(),
    name: text(80),
    plate: text(10),
    licenceClass: code<LicenceClass>(),
    gearbox: code<Gearbox>(),
    active: bool(),
    createdAt: instant(),
  },
});

export interface VehicleDetails {
  readonly name: string;
  /** As on the car; blanks and case do not matter. */
  readonly plate: string;
  readonly licenceClass: LicenceClass;
  readonly gearbox: Gearbox;
}

/** A school's car, motorcycle or truck. */
export class Vehicle extends VehicleSchema.class {
  /** @throws InvalidPlate */
  static register(schoolId: Id, resourceId: number, details: VehicleDetails, at: Date): Vehicle {
    const vehicle = new Vehicle();
    Object.assign(vehicle, { id: newId(), schoolId, resourceId, active: true, createdAt: at });
    vehicle.change(details);
    return vehicle;
  }

  /** @throws InvalidPlate */
  change({ plate, ...details }: Partial<VehicleDetails> & { readonly active?: boolean }): void {
    Object.assign(this, given(details));
    if (plate !== undefined) this.plate = normalisePlate(plate);
  }
}
VehicleSchema.setClass(Vehicle);
