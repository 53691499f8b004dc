import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import {
  AmountNotPositive,
  ChargeInInstalments,
  ChargeInPieces,
  ChargeNotFound,
  ChargeNotOpen,
  WrongCurrency,
} from '../../domain/errors.js';
import { ChargeDto } from '../../http/charge.dto.js';
import { EndsBeforeItBegins, ProductNotFound } from '../../prices/domain/price-problems.js';
import { ChargeReader, type ChargeView } from '../../queries/charge-reader.js';
import {
  DiscountCodeTaken,
  DiscountCodeUnknown,
  DiscountGivenAlready,
  DiscountNotForThis,
  DiscountNotFound,
  DiscountNotValid,
  DiscountUsedUp,
  DiscountWorthUnclear,
  NoDiscountGiven,
} from '../domain/discount-problems.js';
import { DiscountReader, type DiscountView } from '../queries/discount-reader.js';
import { KeepDiscounts } from '../use-cases/keep-discounts.js';
import { RedeemDiscount } from '../use-cases/redeem-discount.js';
import { AddDiscountDto, DiscountDto, DiscountListQuery, RedeemDiscountDto } from './discount.dto.js';

@Controller('v1/schools/:schoolId')
@ApiTags('Discounts')
export class DiscountsController {
  constructor(
    private readonly keep: KeepDiscounts,
    private readonly redeemDiscount: RedeemDiscount,
    private readonly discounts: DiscountReader,
    private readonly charges: ChargeReader,
  ) {}

  @Post('discounts')
  @Requires('discount.manage')
  @Operation({
    id: 'addDiscount',
    summary: 'Make a voucher',
    description: 'A code that takes a percentage or an amount off a charge.',
    ok: DiscountDto,
    status: 201,
    problems: [
      DiscountWorthUnclear,
      new WrongCurrency('DKK'),
      new AmountNotPositive('amount'),
      EndsBeforeItBegins,
      ProductNotFound,
      DiscountCodeTaken,
    ],
  })
  add(@IdParam('schoolId') _schoolId: Id, @Body() body: AddDiscountDto): Promise<DiscountView> {
    return this.keep.add(body.toCommand());
  }

  @Get('discounts')
  @Requires('discount.manage')
  @Operation({
    id: 'listDiscounts',
    summary: 'List the vouchers, newest first',
    description: 'Each with how often it has been used.',
    ok: PageOf(DiscountDto),
  })
  list(@IdParam('schoolId') _schoolId: Id, @Query() query: DiscountListQuery): Promise<Page<DiscountView>> {
    return this.discounts.list(query);
  }

  @Post('discounts/:discountId/archive')
  @HttpCode(200)
  @Requires('discount.manage')
  @Operation({
    id: 'archiveDiscount',
    summary: 'Give a voucher no longer',
    description: 'What was given stays given.',
    ok: DiscountDto,
    problems: [DiscountNotFound],
  })
  archive(@IdParam('schoolId') _schoolId: Id, @IdParam('discountId') discountId: Id): Promise<DiscountView> {
    return this.keep.archive(discountId);
  }

  @Post('charges/:chargeId/discount')
  @HttpCode(200)
  @Requires('discount.redeem')
  @Operation({
    id: 'redeemDiscount',
    summary: 'Use a voucher on an open charge',
    description:
      'The charge costs less, and says why on the invoice; one that costs nothing then is voided. Each charge takes one discount; parts of packages, prepayments and fees take none.',
    ok: ChargeDto,
    problems: [
      ChargeNotFound,
      DiscountCodeUnknown,
      DiscountNotValid,
      ChargeNotOpen,
      ChargeInInstalments,
      ChargeInPieces,
      DiscountNotForThis,
      DiscountGivenAlready,
      DiscountUsedUp,
    ],
  })
  async redeem(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('chargeId') chargeId: Id,
    @Body() { code }: RedeemDiscountDto,
  ): Promise<ChargeView> {
    await this.redeemDiscount.redeem(actor, chargeId, code);
    return this.charges.get(chargeId);
  }

  @Delete('charges/:chargeId/discount')
  @Requires('discount.manage')
  @Operation({
    id: 'removeDiscount',
    summary: 'Take a discount off a charge again',
    description:
      'Before it is invoiced. The voucher may be used once more. A charge whose lesson or course was cancelled meanwhile stays voided.',
    problems: [ChargeNotFound, NoDiscountGiven, ChargeNotOpen, ChargeInInstalments, ChargeInPieces],
  })
  remove(@IdParam('schoolId') _schoolId: Id, @IdParam('chargeId') chargeId: Id): Promise<void> {
    return this.redeemDiscount.remove(chargeId);
  }
}
