import { Module } from '@nestjs/common';
import { IdentityModule } from '../../identity/index.js';
import { StudentsModule } from '../../students/index.js';
import { BooksModule } from '../books.module.js';
import { DiscountsController } from './http/discounts.controller.js';
import { DiscountPrivacy } from './privacy/discount-privacy.js';
import { DiscountAudit } from './queries/discount-audit.js';
import { DiscountReader } from './queries/discount-reader.js';
import { KeepDiscounts } from './use-cases/keep-discounts.js';
import { RedeemDiscount } from './use-cases/redeem-discount.js';

/** Vouchers: codes that make a charge cheaper, never more often than they may. */
@Module({
  imports: [IdentityModule, StudentsModule, BooksModule],
  controllers: [DiscountsController],
  providers: [DiscountAudit, DiscountPrivacy, DiscountReader, KeepDiscounts, RedeemDiscount],
})
export class DiscountsModule {}
