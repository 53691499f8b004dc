import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
import { VehicleReader, type VehicleView } from '../queries/vehicle-reader.js';
import { AddVehicle } from '../use-cases/add-vehicle.js';
import { UpdateVehicle } from '../use-cases/update-vehicle.js';
import { AddVehicleDto, UpdateVehicleDto, VehicleDto, VehicleListQuery } from './vehicle.dto.js';

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
  @Operation({ id: 'addVehicle', summary: 'Add a vehicle', ok: VehicleDto, status: 201, problems: [409, 422] })
  add(@IdParam('schoolId') _schoolId: Id, @Body() body: AddVehicleDto): Promise<VehicleView> {
    return this.addVehicle.execute(body);
  }

  @Get()
  @Requires('vehicle.read')
  @Operation({ id: 'listVehicles', summary: 'List the school’s vehicles, by name', ok: PageOf(VehicleDto) })
  list(@IdParam('schoolId') _schoolId: Id, @Query() query: VehicleListQuery): Promise<Page<VehicleView>> {
    return this.vehicles.list(query);
  }

  @Get(':vehicleId')
  @Requires('vehicle.read')
  @Operation({ id: 'getVehicle', summary: 'Read a vehicle', ok: VehicleDto, problems: [404] })
  get(@IdParam('schoolId') _schoolId: Id, @IdParam('vehicleId') vehicleId: Id): Promise<VehicleView> {
    return this.vehicles.get(vehicleId);
  }

  @Patch(':vehicleId')
  @Requires('vehicle.manage')
  @Operation({
    id: 'updateVehicle',
    summary: 'Change a vehicle or take it out of use',
    description: 'Fields left out stay as they are. Lessons booked with it stand.',
    ok: VehicleDto,
    problems: [404, 409, 422],
  })
  update(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('vehicleId') vehicleId: Id,
    @Body() body: UpdateVehicleDto,
  ): Promise<VehicleView> {
    return this.updateVehicle.execute(vehicleId, body);
  }
}
