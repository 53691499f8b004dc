import { ChangeOf } from '../../../platform/http/change-of.js';
import { BoolField, EnumField, IdField, IntField, ListField, TextField } from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import type { Id } from '../../../platform/values/id.js';
import { locationKinds, type LocationKind } from '../domain/location.js';
import { locationList } from '../queries/location-reader.js';

export class AddLocationDto {
  @TextField({ description: 'What people call it.', example: 'Nordhavn Station', max: 120 })
  name: string;

  @EnumField(locationKinds, {
    description: 'A branch of the school, or a place at which it meets its students.',
    example: 'meeting_point',
    name: 'LocationKind',
  })
  kind: LocationKind;

  @TextField({
    description: 'Street and number.',
    example: 'Århusgade 88',
    max: 160,
    optional: true,
    nullable: true,
  })
  addressLine?: string | null;

  @TextField({ description: 'Postcode.', example: '2150', max: 10, optional: true, nullable: true })
  postcode?: string | null;

  @TextField({ description: 'Town.', example: 'Nordhavn', max: 80, optional: true, nullable: true })
  city?: string | null;
}

export class UpdateLocationDto extends ChangeOf(AddLocationDto) {
  @BoolField({ description: 'Whether new lessons begin there.', example: false, optional: true })
  active?: boolean;
}

export class LocationListQuery extends ListQuery(locationList) {
  @EnumField(locationKinds, {
    description: 'Of this kind alone.',
    example: 'branch',
    name: 'LocationKind',
    optional: true,
  })
  kind?: LocationKind;

  @BoolField({ description: 'Locations out of use too.', example: false, optional: true })
  includeInactive?: boolean;
}

export class LocationDto extends AddLocationDto {
  @IdField({ description: 'Id of the location.' })
  id: Id;

  @BoolField({ description: 'Whether new lessons begin there.', example: true })
  active: boolean;
}

export class SetTravelTimeDto {
  @IdField({ description: 'The other location.' })
  locationId: Id;

  @IntField({ description: 'Minutes from the one to the other, both ways alike.', example: 25, min: 1, max: 480 })
  minutes: number;
}

export class SetTravelTimesDto {
  @ListField(() => SetTravelTimeDto, {
    description: 'How long it takes to each of the others; a way that is left out takes no time.',
  })
  travelTimes: SetTravelTimeDto[];
}

export class TravelTimeDto extends SetTravelTimeDto {
  @TextField({ description: 'The other location’s name.', example: 'Nordhavn Station' })
  name: string;
}
