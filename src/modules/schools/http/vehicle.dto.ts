import { OmitType } from '@nestjs/swagger';
import { ChangeOf } from '../../../platform/http/change-of.js';
import { BoolField, EnumField, IdField, TextField } from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import type { Id } from '../../../platform/values/id.js';
import { licenceClasses, type LicenceClass } from '../domain/licence-class.js';
import { gearboxes, vehicleKinds, type Gearbox, type VehicleKind } from '../domain/vehicle.js';
import { vehicleList } from '../queries/vehicle-reader.js';

export class AddVehicleDto {
  @TextField({ description: 'What people call it.', example: 'Golf, blå', max: 80 })
  name: string;

  @TextField({ description: 'Number plate; blanks and case do not matter.', example: 'AB 12 345', min: 2, max: 12 })
  plate: string;

  @EnumField(licenceClasses, { description: 'The licence category it is taught in.', example: 'B' })
  licenceClass: LicenceClass;

  @EnumField(vehicleKinds, {
    description:
      'What drives, or the trailer it pulls; a vehicle when left out. A trailer’s licence category is the one it is taught in, such as BE.',
    example: 'vehicle',
    name: 'VehicleKind',
    optional: true,
  })
  kind?: VehicleKind;

  @EnumField(gearboxes, {
    description: 'Gearbox; left out or null for a trailer.',
    example: 'manual',
    optional: true,
    nullable: true,
  })
  gearbox?: Gearbox | null;

  @IdField({
    description: 'The location at which it stands when nobody drives it; null or left out: nowhere in particular.',
    optional: true,
    nullable: true,
  })
  homeLocationId?: Id | null;
}

export class UpdateVehicleDto extends ChangeOf(OmitType(AddVehicleDto, ['kind'])) {
  @BoolField({ description: 'Whether it is offered for new lessons.', example: false, optional: true })
  active?: boolean;
}

export class VehicleListQuery extends ListQuery(vehicleList) {
  @EnumField(vehicleKinds, {
    description: 'Of this kind alone.',
    example: 'trailer',
    name: 'VehicleKind',
    optional: true,
  })
  kind?: VehicleKind;

  @BoolField({ description: 'Vehicles out of use too.', example: false, optional: true })
  includeInactive?: boolean;
}

export class VehicleDto extends AddVehicleDto {
  @IdField({ description: 'Id of the vehicle.' })
  id: Id;

  @BoolField({ description: 'Whether it is offered for new lessons.', example: true })
  active: boolean;
}
