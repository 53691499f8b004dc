import {
  BoolField,
  EnumField,
  IdField,
  InstantField,
  IntField,
  MoneyDto,
  MoneyField,
  NestedField,
  TextField,
} from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import type { Id } from '../../../platform/values/id.js';
import { type Standing, standings } from '../domain/standing.js';
import { billStates, type BillState, subscriptionStates } from '../domain/subscription-state.js';
import type { SubscriptionState } from '../ports/subscription.js';
import { billList } from '../queries/bill-reader.js';
import { BillingPlanDto, providersState, standing } from './billing.dto.js';
import { PlanCodeField } from './plan-code-field.js';

const moment = { example: '2026-12-31T09:00:00.000Z', nullable: true as const };
const page = {
  description: 'A page of the payment provider’s, for some minutes.',
  example: 'https://checkout.stripe.com/c/pay/cs_1',
  max: 2000,
};

export class SubscriptionDto {
  @IdField({ description: 'Id of the subscription.' })
  id: Id;

  @NestedField(() => BillingPlanDto, { description: 'What the school subscribes to.' })
  plan: BillingPlanDto;

  @EnumField(subscriptionStates, providersState)
  state: SubscriptionState;

  @EnumField(standings, standing)
  standing: Standing;

  @IntField({ description: 'Seats paid for; while nothing is paid, what would be.', example: 4, min: 1, max: 100_000 })
  seats: number;

  @BoolField({ description: 'Whether the school has left a card.', example: true })
  hasCard: boolean;

  @InstantField({ ...moment, description: 'When the trial ends, or ended.' })
  trialEndsAt: Date | null;

  @InstantField({ ...moment, description: 'Until when it is paid.' })
  currentPeriodEnd: Date | null;

  @InstantField({
    ...moment,
    description: 'When it ends, or ended; null while nobody has cancelled it.',
    example: null,
  })
  cancelsAt: Date | null;

  @InstantField({ ...moment, description: 'Since when money is owed.', example: null })
  unpaidSince: Date | null;

  @InstantField({
    ...moment,
    description: 'From then on no new people can be added, unless it is paid.',
    example: null,
  })
  restrictedFrom: Date | null;

  @InstantField({
    ...moment,
    description: 'From then on the school can only be read, unless it is paid.',
    example: null,
  })
  readOnlyFrom: Date | null;

  @TextField({ description: 'Why the school need not pay.', example: null, max: 500, nullable: true })
  exemptReason: string | null;
}

export class OpenSubscriptionCheckoutDto {
  @PlanCodeField({
    description: 'Code of the plan to subscribe to; the one the school has when left out.',
    optional: true,
  })
  planCode?: string;
}

export class SubscriptionPageDto {
  @TextField(page)
  url: string;
}

export class ChangeSubscriptionDto {
  @PlanCodeField({
    description: 'Code of the plan from now on, at its price of today. The difference is counted by the day.',
  })
  planCode: string;
}

export class SubscriptionBillListQuery extends ListQuery(billList) {}

export class SubscriptionBillDto {
  @IdField({ description: 'Id of the bill.' })
  id: Id;

  @EnumField(billStates, { description: '`uncollectible`: the payment provider tries no longer.', example: 'paid' })
  state: BillState;

  @MoneyField({
    description: 'VAT included; negative where a change gave back more than it cost.',
    example: { amount: 99_600, currency: 'DKK' },
  })
  total: MoneyDto;

  @InstantField({ description: 'When it was made.', example: '2026-12-01T08:00:00.000Z' })
  issuedAt: Date;

  @InstantField({ ...moment, description: 'When it was paid.' })
  paidAt: Date | null;

  @TextField({
    ...page,
    description: 'Where it can be paid; null when there is nothing to pay.',
    example: null,
    nullable: true as const,
  })
  url: string | null;

  @IntField({ description: 'How often the card was tried.', example: 1, min: 0, max: 1_000 })
  attempts: number;

  @IntField({
    description: 'Number of the platform’s invoice; null while there is none.',
    example: 17,
    min: 1,
    max: 2_147_483_647,
    nullable: true as const,
  })
  invoiceNumber: number | null;
}
