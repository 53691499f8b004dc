import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Conditional } from '../../../platform/http/conditional/conditional.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
import {
  InvalidPlate,
  InvalidVehicle,
  PlateTaken,
  UnknownLocation,
  VehicleNotFound,
} from '../domain/school-problems.js';
import { VehicleReader, type VehicleView } from '../queries/vehicle-reader.js';
import { AddVehicle } from '../use-cases/add-vehicle.js';
import { UpdateVehicle } from '../use-cases/update-vehicle.js';
import { AddVehicleDto, UpdateVehicleDto, VehicleDto, VehicleListQuery } from './vehicle.dto.js';

const invalid = [InvalidPlate, new InvalidVehicle('vehicle'), new UnknownLocation('homeLocationId')];

@Controller('v1/schools/:schoolId/vehicles')
@ApiTags('Vehicles')
export class VehiclesController {
  constructor(
    private readonly addVehicle: AddVehicle,
    private readonly updateVehicle: UpdateVehicle,
    private readonly vehicles: VehicleReader,
  ) {}

  @Post()
  @Requires('vehicle.manage')
  @Operation({
    id: 'addVehicle',
    summary: 'Add a vehicle',
    description: 'The plate is stored in upper case without blanks, and is the school’s only one.',
    ok: VehicleDto,
    status: 201,
    problems: [PlateTaken, ...invalid],
  })
  add(@IdParam('schoolId') _schoolId: Id, @Body() body: AddVehicleDto): Promise<VehicleView> {
    return this.addVehicle.execute(body);
  }

  @Get()
  @Requires('vehicle.read')
  @Operation({
    id: 'listVehicles',
    summary: 'List the school’s vehicles, by name',
    description: 'Those that are no longer in use are left out unless `includeInactive` is true.',
    ok: PageOf(VehicleDto),
  })
  list(@IdParam('schoolId') _schoolId: Id, @Query() query: VehicleListQuery): Promise<Page<VehicleView>> {
    return this.vehicles.list(query);
  }

  @Get(':vehicleId')
  @Requires('vehicle.read')
  @Operation({
    id: 'getVehicle',
    summary: 'Read a vehicle',
    description: 'Also one that is no longer in use, because old lessons name it.',
    ok: VehicleDto,
    problems: [VehicleNotFound],
  })
  get(@IdParam('schoolId') _schoolId: Id, @IdParam('vehicleId') vehicleId: Id): Promise<VehicleView> {
    return this.vehicles.get(vehicleId);
  }

  @Patch(':vehicleId')
  @Conditional()
  @Requires('vehicle.manage')
  @Operation({
    id: 'updateVehicle',
    summary: 'Change a vehicle or take it out of use',
    description: 'Fields left out stay as they are. Lessons booked with it stand.',
    ok: VehicleDto,
    problems: [VehicleNotFound, PlateTaken, ...invalid],
  })
  update(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('vehicleId') vehicleId: Id,
    @Body() body: UpdateVehicleDto,
  ): Promise<VehicleView> {
    return this.updateVehicle.execute(vehicleId, body);
  }
}
