import { defineEntity } from '@mikro-orm/core';
import { bool, code, id, instant, int, schoolScoped, text } from '../../../platform/database/columns.js';
import { given } from '../../../platform/values/given.js';
import { newId, type Id } from '../../../platform/values/id.js';
import type { LicenceClass } from './licence-class.js';
import { normalisePlate } from './plate.js';
import { InvalidVehicle } from './school-problems.js';

export const vehicleKinds = ['vehicle', 'trailer'] as const;
/** What drives, or what it pulls. */
export type VehicleKind = (typeof vehicleKinds)[number];

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
  indexes: [
    { name: 'vehicles_school_id_name_index', properties: ['schoolId', 'name', 'id'] },
    { name: 'vehicles_home_index', properties: ['schoolId', 'homeLocationId'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    resourceId: int().unsigned(),
    kind: code<VehicleKind>().default('vehicle'),
    name: text(80),
    plate: text(10),
    licenceClass: code<LicenceClass>(),
    /** Null for a trailer. */
    gearbox: code<Gearbox>().nullable(),
    homeLocationId: id().nullable(),
    scheduleVersion: int().default(1),
    active: bool(),
    createdAt: instant(),
  },
});

export interface VehicleDetails {
  readonly name: string;
  /** As on the car; blanks and case do not matter. */
  readonly plate: string;
  /** A trailer's is the one it is taught in: BE, C1E, CE … */
  readonly licenceClass: LicenceClass;
  /** A vehicle when missing. */
  readonly kind?: VehicleKind;
  /** Null or missing for a trailer, and for it alone. */
  readonly gearbox?: Gearbox | null;
  /** Where it stands when nobody drives it. */
  readonly homeLocationId?: Id | null;
}

export type VehicleChange = Partial<Omit<VehicleDetails, 'kind'>> & { readonly active?: boolean };

/** A school's car, motorcycle or truck, or a trailer. */
export class Vehicle extends VehicleSchema.class {
  /** @throws InvalidPlate, InvalidVehicle */
  static register(schoolId: Id, resourceId: number, { kind, ...details }: VehicleDetails, at: Date): Vehicle {
    const vehicle = new Vehicle();
    const what = { kind: kind ?? 'vehicle', gearbox: null, homeLocationId: null };
    Object.assign(vehicle, what, { id: newId(), schoolId, resourceId, active: true, createdAt: at });
    vehicle.change(details);
    return vehicle;
  }

  /** @throws InvalidPlate, InvalidVehicle */
  change({ plate, ...details }: VehicleChange): void {
    Object.assign(this, given(details));
    if (plate !== undefined) this.plate = normalisePlate(plate);
    if ((this.kind === 'trailer') !== (this.gearbox === null)) throw new InvalidVehicle(this.kind);
  }
}
VehicleSchema.setClass(Vehicle);
