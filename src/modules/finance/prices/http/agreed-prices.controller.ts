import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { StudentNotFound } from '../../../students/index.js';
import { AmountNotPositive, WrongCurrency } from '../../domain/errors.js';
import {
  AgreedPriceNotFound,
  AgreedPriceOverlaps,
  EndsBeforeItBegins,
  ProductNotFound,
} from '../domain/price-problems.js';
import { AgreedPriceReader, type AgreedPriceView } from '../queries/agreed-price-reader.js';
import { AgreePrice } from '../use-cases/agree-price.js';
import { AgreedPriceDto, AgreedPriceListQuery, AgreePriceDto } from './product.dto.js';

@Controller('v1/schools/:schoolId')
@ApiTags('Price list')
export class AgreedPricesController {
  constructor(
    private readonly agreePrice: AgreePrice,
    private readonly prices: AgreedPriceReader,
  ) {}

  @Post('students/:studentId/agreed-prices')
  @Requires('product.manage')
  @Operation({
    id: 'agreePrice',
    summary: 'Agree with a student on what a product costs him',
    description:
      'On its days it stands before the price list, whose VAT rate it keeps. Lessons booked before keep their price.',
    ok: AgreedPriceDto,
    status: 201,
    problems: [
      StudentNotFound,
      ProductNotFound,
      new WrongCurrency('DKK', 'gross.currency'),
      new AmountNotPositive('gross'),
      EndsBeforeItBegins,
      AgreedPriceOverlaps,
    ],
  })
  agree(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('studentId') studentId: Id,
    @Body() body: AgreePriceDto,
  ): Promise<AgreedPriceView> {
    return this.agreePrice.agree(body.toCommand(studentId));
  }

  @Get('students/:studentId/agreed-prices')
  @Requires('charge.read')
  @Operation({
    id: 'listAgreedPrices',
    summary: 'List the prices agreed with a student, newest first',
    description: 'A student sees his own alone.',
    ok: PageOf(AgreedPriceDto),
    problems: [StudentNotFound],
  })
  list(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('studentId') studentId: Id,
    @Query() query: AgreedPriceListQuery,
  ): Promise<Page<AgreedPriceView>> {
    return this.prices.ofStudent(actor, studentId, query);
  }

  @Delete('agreed-prices/:agreedPriceId')
  @Requires('product.manage')
  @Operation({
    id: 'removeAgreedPrice',
    summary: 'Let the price list count for a student again',
    description: 'What was charged at the agreed price keeps it.',
    problems: [AgreedPriceNotFound],
  })
  remove(@IdParam('schoolId') _schoolId: Id, @IdParam('agreedPriceId') agreedPriceId: Id): Promise<void> {
    return this.agreePrice.remove(agreedPriceId);
  }
}
