import { Body, Controller, Get, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Conditional } from '../../../platform/http/conditional/conditional.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
import { InvalidTravelTimes, LocationNotFound, UnknownLocation } from '../domain/school-problems.js';
import { LocationReader, type LocationView } from '../queries/location-reader.js';
import { TravelTimeReader, type TravelTimeView } from '../queries/travel-time-reader.js';
import { AddLocation } from '../use-cases/add-location.js';
import { SetTravelTimes } from '../use-cases/set-travel-times.js';
import { UpdateLocation } from '../use-cases/update-location.js';
import {
  AddLocationDto,
  LocationDto,
  LocationListQuery,
  SetTravelTimesDto,
  TravelTimeDto,
  UpdateLocationDto,
} from './location.dto.js';

@Controller('v1/schools/:schoolId/locations')
@ApiTags('Locations')
export class LocationsController {
  constructor(
    private readonly addLocation: AddLocation,
    private readonly updateLocation: UpdateLocation,
    private readonly setTravelTimes: SetTravelTimes,
    private readonly locations: LocationReader,
    private readonly travelTimes: TravelTimeReader,
  ) {}

  @Post()
  @Requires('location.manage')
  @Operation({
    id: 'addLocation',
    summary: 'Add a branch or a meeting point',
    description: 'Lessons may begin and end there, and teachers, vehicles and facilities belong to it.',
    ok: LocationDto,
    status: 201,
  })
  add(@IdParam('schoolId') _schoolId: Id, @Body() body: AddLocationDto): Promise<LocationView> {
    return this.addLocation.execute(body);
  }

  @Get()
  @Requires('location.read')
  @Operation({
    id: 'listLocations',
    summary: 'List the school’s locations, by name',
    description: 'Those that are no longer in use are left out unless `includeInactive` is true.',
    ok: PageOf(LocationDto),
  })
  list(@IdParam('schoolId') _schoolId: Id, @Query() query: LocationListQuery): Promise<Page<LocationView>> {
    return this.locations.list(query);
  }

  @Get(':locationId')
  @Requires('location.read')
  @Operation({
    id: 'getLocation',
    summary: 'Read a location',
    description: 'Also one that is no longer in use, because old lessons name it.',
    ok: LocationDto,
    problems: [LocationNotFound],
  })
  get(@IdParam('schoolId') _schoolId: Id, @IdParam('locationId') locationId: Id): Promise<LocationView> {
    return this.locations.get(locationId);
  }

  @Patch(':locationId')
  @Conditional()
  @Requires('location.manage')
  @Operation({
    id: 'updateLocation',
    summary: 'Change a location or take it out of use',
    description: 'Fields left out stay as they are. Lessons booked there stand.',
    ok: LocationDto,
    problems: [LocationNotFound],
  })
  update(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('locationId') locationId: Id,
    @Body() body: UpdateLocationDto,
  ): Promise<LocationView> {
    return this.updateLocation.execute(locationId, body);
  }

  @Get(':locationId/travel-times')
  @Requires('location.read')
  @Operation({
    id: 'getTravelTimes',
    summary: 'Read how long it takes from a location to the others',
    description: 'A location that is not named takes no time to get to.',
    ok: [TravelTimeDto],
    problems: [LocationNotFound],
  })
  ways(@IdParam('schoolId') _schoolId: Id, @IdParam('locationId') locationId: Id): Promise<TravelTimeView[]> {
    return this.travelTimes.from(locationId);
  }

  @Put(':locationId/travel-times')
  @Conditional()
  @Requires('location.manage')
  @Operation({
    id: 'setTravelTimes',
    summary: 'Say how long it takes from a location to the others',
    description:
      'Replaces what was said before. Both ways take the same, so it counts from the others’ end too. Nobody is booked at two locations in a shorter time; lessons booked already stand.',
    ok: [TravelTimeDto],
    problems: [LocationNotFound, new InvalidTravelTimes([]), new UnknownLocation('travelTimes')],
  })
  setWays(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('locationId') locationId: Id,
    @Body() { travelTimes }: SetTravelTimesDto,
  ): Promise<TravelTimeView[]> {
    return this.setTravelTimes.execute(locationId, travelTimes);
  }
}
