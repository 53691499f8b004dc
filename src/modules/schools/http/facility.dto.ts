import { OmitType } from '@nestjs/swagger';
import { ChangeOf } from '../../../platform/http/change-of.js';
import { BoolField, EnumField, IdField, IntField, TextField } from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import type { Id } from '../../../platform/values/id.js';
import { facilityKinds, type FacilityKind } from '../domain/facility.js';
import { facilityList } from '../queries/facility-reader.js';

export class AddFacilityDto {
  @TextField({ description: 'What people call it.', example: 'Manøvrebanen i Køge', max: 120 })
  name: string;

  @EnumField(facilityKinds, {
    description: 'A classroom, a manoeuvring track or a skid pad.',
    example: 'track',
    name: 'FacilityKind',
  })
  kind: FacilityKind;

  @IdField({ description: 'The location it is at; lessons there begin and end at it.', optional: true, nullable: true })
  locationId?: Id | null;

  @IntField({ description: 'How many lessons or classes may be there at once.', example: 4, min: 1, max: 200 })
  places: number;

  @IntField({
    description: 'How many people a room seats.',
    example: null,
    min: 1,
    max: 500,
    optional: true,
    nullable: true,
  })
  seats?: number | null;
}

export class UpdateFacilityDto extends ChangeOf(OmitType(AddFacilityDto, ['kind'])) {
  @BoolField({ description: 'Whether new lessons may have it.', example: false, optional: true })
  active?: boolean;
}

export class FacilityListQuery extends ListQuery(facilityList) {
  @EnumField(facilityKinds, {
    description: 'Of this kind alone.',
    example: 'room',
    name: 'FacilityKind',
    optional: true,
  })
  kind?: FacilityKind;

  @IdField({ description: 'At this location alone.', optional: true })
  locationId?: Id;

  @BoolField({ description: 'Facilities out of use too.', example: false, optional: true })
  includeInactive?: boolean;
}

export class FacilityDto extends AddFacilityDto {
  @IdField({ description: 'Id of the facility.' })
  id: Id;

  @BoolField({ description: 'Whether new lessons may have it.', example: true })
  active: boolean;
}
