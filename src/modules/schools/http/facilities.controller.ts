import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Conditional } from '../../../platform/http/conditional/conditional.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
import { FacilityNotFound, UnknownLocation } from '../domain/school-problems.js';
import { FacilityReader, type FacilityView } from '../queries/facility-reader.js';
import { AddFacility } from '../use-cases/add-facility.js';
import { UpdateFacility } from '../use-cases/update-facility.js';
import { AddFacilityDto, FacilityDto, FacilityListQuery, UpdateFacilityDto } from './facility.dto.js';

@Controller('v1/schools/:schoolId/facilities')
@ApiTags('Facilities')
export class FacilitiesController {
  constructor(
    private readonly addFacility: AddFacility,
    private readonly updateFacility: UpdateFacility,
    private readonly facilities: FacilityReader,
  ) {}

  @Post()
  @Requires('facility.manage')
  @Operation({
    id: 'addFacility',
    summary: 'Add a classroom, a track or a skid pad',
    description: 'As many lessons or classes take place there at once as it has places.',
    ok: FacilityDto,
    status: 201,
    problems: [new UnknownLocation('locationId')],
  })
  add(@IdParam('schoolId') _schoolId: Id, @Body() body: AddFacilityDto): Promise<FacilityView> {
    return this.addFacility.execute(body);
  }

  @Get()
  @Requires('facility.read')
  @Operation({
    id: 'listFacilities',
    summary: 'List the school’s rooms, tracks and skid pads, by name',
    description: 'Those that are no longer in use are left out unless `includeInactive` is true.',
    ok: PageOf(FacilityDto),
  })
  list(@IdParam('schoolId') _schoolId: Id, @Query() query: FacilityListQuery): Promise<Page<FacilityView>> {
    return this.facilities.list(query);
  }

  @Get(':facilityId')
  @Requires('facility.read')
  @Operation({
    id: 'getFacility',
    summary: 'Read a room, track or skid pad',
    description: 'Also one that is no longer in use, because old lessons name it.',
    ok: FacilityDto,
    problems: [FacilityNotFound],
  })
  get(@IdParam('schoolId') _schoolId: Id, @IdParam('facilityId') facilityId: Id): Promise<FacilityView> {
    return this.facilities.get(facilityId);
  }

  @Patch(':facilityId')
  @Conditional()
  @Requires('facility.manage')
  @Operation({
    id: 'updateFacility',
    summary: 'Change a facility or take it out of use',
    description: 'Fields left out stay as they are. What is booked there stands, also beyond fewer places.',
    ok: FacilityDto,
    problems: [FacilityNotFound, new UnknownLocation('locationId')],
  })
  update(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('facilityId') facilityId: Id,
    @Body() body: UpdateFacilityDto,
  ): Promise<FacilityView> {
    return this.updateFacility.execute(facilityId, body);
  }
}
