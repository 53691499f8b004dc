import { EnumField, IdField, InstantField, MoneyDto, MoneyField, TextField } from '../../../../platform/http/fields.js';
import { ListQuery } from '../../../../platform/http/list-query.js';
import type { Id } from '../../../../platform/values/id.js';
import type { DisputeState } from '../../ports/gateway-books.js';
import {
  type DifferenceKind,
  differenceKinds,
  type DifferenceState,
  differenceStates,
  type PostingTarget,
  postingTargets,
} from '../domain/gateway-books.js';
import { differenceList, disputeList, payoutList } from '../queries/reconciliation-reader.js';

export class DifferenceListQuery extends ListQuery(differenceList) {
  @EnumField(differenceStates, { description: 'Those in this state alone.', example: 'open', optional: true })
  state?: DifferenceState;
}

export class DifferenceDto {
  @IdField({ description: 'Id of the difference.' })
  id: Id;

  @TextField({ description: 'The payment provider.', example: 'stripe' })
  provider: string;

  @EnumField(differenceKinds, {
    description:
      'Missing here: the provider has money that no paid payment of ours explains. Missing there: we have it as received and the provider does not show it. Unknown refund: money was given back at the provider, and not by us. Other movement: the provider moved money that nothing of ours explains. Provider unbound: a payment waits for a provider that is no longer set up.',
    example: 'missing_here',
  })
  kind: DifferenceKind;

  @TextField({ description: 'The provider’s line, or our payment.', example: 'txn_1Nv0FGQ9RKHgCVdK', max: 255 })
  subjectRef: string;

  @IdField({ description: 'The payment it is about, where one is known.', nullable: true })
  paymentId: Id | null;

  @MoneyField({ description: 'What our books say; null when nothing.', nullable: true })
  here: MoneyDto | null;

  @MoneyField({ description: 'What the provider’s books say; null when nothing.', nullable: true })
  there: MoneyDto | null;

  @EnumField(differenceStates, {
    description: 'Resolved: both say the same by now. Dismissed: somebody said why it may stay.',
    example: 'open',
  })
  state: DifferenceState;

  @InstantField({ description: 'When it was found.', example: '2026-12-01T08:00:00.000Z' })
  foundAt: Date;

  @InstantField({ description: 'When it was settled.', example: '2026-12-02T08:00:00.000Z', nullable: true })
  settledAt: Date | null;

  @TextField({ description: 'Why it may stay.', example: 'Refunderet hos udbyderen', max: 200, nullable: true })
  reason: string | null;
}

export class DismissDifferenceDto {
  @TextField({ description: 'Why it may stay, for the audit.', example: 'Refunderet hos udbyderen', max: 200 })
  reason: string;
}

export class PostDifferenceDto {
  @EnumField(postingTargets, {
    description: 'What the line was: fees of the provider, money to or from the bank, or a loss.',
    example: 'fees',
  })
  to: PostingTarget;

  @TextField({ description: 'Why, for the audit.', example: 'Månedsabonnement hos udbyderen', max: 200 })
  reason: string;
}

export class AdoptRefundDto {
  @TextField({ description: 'Why it was given back, for the audit.', example: 'Refunderet hos udbyderen', max: 200 })
  reason: string;
}

export class PayoutListQuery extends ListQuery(payoutList) {}

export class PayoutDto {
  @IdField({ description: 'Id of the payout.' })
  id: Id;

  @TextField({ description: 'The payment provider.', example: 'stripe' })
  provider: string;

  @TextField({ description: 'The provider’s name for it.', example: 'po_1Nv0FGQ9RKHgCVdK', max: 255 })
  payoutRef: string;

  @MoneyField({ description: 'The school’s part of it, fees taken off.' })
  amount: MoneyDto;

  @MoneyField({ description: 'What the provider kept.' })
  fees: MoneyDto;

  @InstantField({ description: 'When the provider sent it.', example: '2026-12-01T08:00:00.000Z' })
  paidAt: Date;
}

export class DisputeListQuery extends ListQuery(disputeList) {}

const disputeStates = ['opened', 'won', 'lost'] as const satisfies readonly DisputeState[];

export class DisputeDto {
  @IdField({ description: 'Id of the dispute.' })
  id: Id;

  @IdField({ description: 'The payment that the bank took back.' })
  paymentId: Id;

  @IdField({ description: 'The student whose payment it is.' })
  studentId: Id;

  @EnumField(disputeStates, {
    description: 'Opened and lost: the money is gone and the invoice open. Won: both are as before.',
    example: 'opened',
  })
  state: DisputeState;

  @MoneyField({ description: 'How much.' })
  amount: MoneyDto;

  @TextField({ description: 'The provider’s word for why.', example: 'fraudulent', max: 100 })
  reason: string;

  @InstantField({ description: 'When we heard of it.', example: '2026-12-01T08:00:00.000Z' })
  openedAt: Date;

  @InstantField({ description: 'When it was decided.', example: '2026-12-20T08:00:00.000Z', nullable: true })
  settledAt: Date | null;
}
