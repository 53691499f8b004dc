import { Module } from '@nestjs/common';
import { IdentityModule } from '../../identity/index.js';
import { BooksModule } from '../books.module.js';
import { PayoutsController } from './http/payouts.controller.js';
import { ReconciliationController } from './http/reconciliation.controller.js';
import { FindUnbound } from './jobs/find-unbound.js';
import { ReconcileGateways } from './jobs/reconcile-gateways.js';
import { DisputeReader } from './queries/dispute-reader.js';
import { NewDifferences } from './queries/new-differences.js';
import { PayoutLines } from './queries/payout-lines.js';
import { ReconciliationReader } from './queries/reconciliation-reader.js';
import { WhoseCharge } from './queries/whose-charge.js';
import { AdoptPayment } from './use-cases/adopt-payment.js';
import { AdoptRefund } from './use-cases/adopt-refund.js';
import { CheckDifference } from './use-cases/check-difference.js';
import { CompareMovement } from './use-cases/compare-movement.js';
import { DismissDifference } from './use-cases/dismiss-difference.js';
import { FindMissing } from './use-cases/find-missing.js';
import { NoteDifference } from './use-cases/note-difference.js';
import { NoteUnbound } from './use-cases/note-unbound.js';
import { OpenDifference } from './use-cases/open-difference.js';
import { PostDifference } from './use-cases/post-difference.js';
import { ReadGatewayBooks } from './use-cases/read-gateway-books.js';
import { RecordDispute } from './use-cases/record-dispute.js';
import { RecordMovement } from './use-cases/record-movement.js';
import { RecordPayout } from './use-cases/record-payout.js';

/** Our money beside the gateways' own books: fees, payouts, disputes, and what differs. */
@Module({
  imports: [IdentityModule, BooksModule],
  controllers: [PayoutsController, ReconciliationController],
  providers: [
    AdoptPayment,
    AdoptRefund,
    CheckDifference,
    CompareMovement,
    DismissDifference,
    DisputeReader,
    FindMissing,
    FindUnbound,
    NewDifferences,
    NoteDifference,
    NoteUnbound,
    OpenDifference,
    PayoutLines,
    PostDifference,
    ReadGatewayBooks,
    ReconcileGateways,
    ReconciliationReader,
    RecordDispute,
    RecordMovement,
    RecordPayout,
    WhoseCharge,
  ],
  exports: [AdoptPayment, DisputeReader, NewDifferences, RecordDispute, WhoseCharge],
})
export class ReconciliationModule {}
