import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../platform/auth/actor.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
import { StudentNotFound } from '../../students/index.js';
import { AmountNotPositive, WrongCurrency } from '../domain/errors.js';
import { ChargeReader, type ChargeView } from '../queries/charge-reader.js';
import { CreateCharge } from '../use-cases/create-charge.js';
import { ChargeDto, ChargeListQuery, CreateChargeDto } from './charge.dto.js';

@Controller('v1/schools/:schoolId/charges')
@ApiTags('Charges')
export class ChargesController {
  constructor(
    private readonly createCharge: CreateCharge,
    private readonly charges: ChargeReader,
  ) {}

  @Post()
  @Requires('charge.create')
  @Operation({
    id: 'createCharge',
    summary: 'Charge a student by hand',
    description: 'Bookings charge by themselves. A charge is put on the student’s next invoice.',
    ok: ChargeDto,
    status: 201,
    problems: [StudentNotFound, new WrongCurrency('DKK'), new AmountNotPositive('gross')],
  })
  async create(@IdParam('schoolId') _schoolId: Id, @Body() body: CreateChargeDto): Promise<ChargeView> {
    return this.charges.get(await this.createCharge.execute(body.toCommand()));
  }

  @Get()
  @Requires('charge.read')
  @Operation({
    id: 'listCharges',
    summary: 'List charges, newest first',
    description: 'A student sees his own alone.',
    ok: PageOf(ChargeDto),
    problems: [StudentNotFound],
  })
  list(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @Query() query: ChargeListQuery,
  ): Promise<Page<ChargeView>> {
    return this.charges.list(actor, query);
  }
}
