import { Module } from '@nestjs/common';
import { FinanceModule } from '../../finance/index.js';
import { SchoolsModule } from '../../schools/index.js';
import { StudentsModule } from '../../students/index.js';
import { LessonsModule } from '../lessons.module.js';
import { HoldsController } from './http/holds.controller.js';
import { CloseCheckouts } from './jobs/close-checkouts.js';
import { ExpireHolds } from './jobs/expire-holds.js';
import { SettlePrepayments } from './jobs/settle-prepayments.js';
import { ConfirmHold } from './use-cases/confirm-hold.js';
import { ExpireHold } from './use-cases/expire-hold.js';
import { PayForHold } from './use-cases/pay-for-hold.js';
import { ReleaseHold } from './use-cases/release-hold.js';
import { ReviveHold } from './use-cases/revive-hold.js';
import { SettlePrepayment } from './use-cases/settle-prepayment.js';

/** Times that wait for money or for a word, and what becomes of them. */
@Module({
  imports: [FinanceModule, LessonsModule, SchoolsModule, StudentsModule],
  controllers: [HoldsController],
  providers: [
    CloseCheckouts,
    ConfirmHold,
    ExpireHold,
    ExpireHolds,
    PayForHold,
    ReleaseHold,
    ReviveHold,
    SettlePrepayment,
    SettlePrepayments,
  ],
})
export class HoldsModule {}
