import {
  BoolField,
  EnumField,
  IdField,
  InstantField,
  IntField,
  MoneyDto,
  MoneyField,
  TextField,
} from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { type Standing, standings } from '../domain/standing.js';
import { subscriptionStates } from '../domain/subscription-state.js';
import type { SubscriptionState } from '../ports/subscription.js';
import { planList } from '../queries/plan-reader.js';
import { subscriptionList } from '../queries/subscription-reader.js';
import type { PlanDetails } from '../use-cases/define-plan.js';
import { PlanCodeField } from './plan-code-field.js';

const days = { example: 14, min: 0, max: 365 };
const price = {
  description: 'For a month and a seat, VAT included; above zero.',
  example: { amount: 24_900, currency: 'DKK' },
};
const vatRate = { description: 'VAT rate in basis points: 2500 is 25 %.', example: 2500, min: 0, max: 10_000 };
const leastSeats = { description: 'Paid for however few teachers there are.', example: 1, min: 1, max: 10_000 };
const mostSeats = {
  description: 'A school with more teachers cannot choose it; null: any number.',
  example: 20,
  min: 1,
  max: 10_000,
  nullable: true as const,
};
const trialDays = {
  description: 'For so many days new schools try it out without a card.',
  example: 30,
  min: 0,
  max: 365,
};
export const providersState = {
  description: 'As the payment provider has it; `trialing` also without a card.',
  example: 'active' as const,
};
export const standing = {
  description: '`past_due`: all works. `restricted`: no new people. `read_only`: it can be read, paid and cancelled.',
  example: 'good' as const,
};
const reason = { description: 'Why. It stands in the audit log.', example: 'Pilotskole til sommer', max: 500 };

export class BillingSettingsDto {
  @IdField({
    description: 'The platform’s own company: a school whose customers the schools are. Null: nobody is billed.',
    nullable: true as const,
  })
  sellerId: Id | null;

  @IdField({ description: 'The plan that new schools try out. Null: none of them does.', nullable: true })
  planId: Id | null;

  @IntField({ ...days, description: 'So many days after money was due no new people can be added.' })
  restrictedAfterDays: number;

  @IntField({ ...days, description: 'So many days after money was due the school can only be read.', example: 30 })
  readOnlyAfterDays: number;
}

export class DefineBillingPlanDto {
  @PlanCodeField({ description: 'Of one that is there already this is the next version.' })
  code: string;

  @TextField({ description: 'As on bills.', example: 'Standard', max: 60 })
  name: string;

  @MoneyField(price)
  price: MoneyDto;

  @IntField(vatRate)
  vatRateBp: number;

  @IntField(leastSeats)
  leastSeats: number;

  @IntField(mostSeats)
  mostSeats: number | null;

  @IntField(trialDays)
  trialDays: number;

  toCommand(): PlanDetails {
    const { code, name, price: asked, vatRateBp, leastSeats: least, mostSeats: most, trialDays: trial } = this;
    const gross = Money.of(asked.amount, asked.currency);
    return { code, name, price: gross, vatRateBp, leastSeats: least, mostSeats: most, trialDays: trial };
  }
}

export class BillingPlanListQuery extends ListQuery(planList) {
  @BoolField({ description: 'Only those no longer sold, or only those that are.', example: false, optional: true })
  archived?: boolean;
}

export class BillingPlanDto {
  @IdField({ description: 'Id of this version of the plan.' })
  id: Id;

  @TextField({ description: 'Shared by all versions of it.', example: 'standard', max: 40 })
  code: string;

  @IntField({ description: 'Which version of it this is.', example: 1, min: 1, max: 2_147_483_647 })
  version: number;

  @TextField({ description: 'As on bills.', example: 'Standard', max: 60 })
  name: string;

  @MoneyField(price)
  price: MoneyDto;

  @IntField(vatRate)
  vatRateBp: number;

  @IntField(leastSeats)
  leastSeats: number;

  @IntField(mostSeats)
  mostSeats: number | null;

  @IntField(trialDays)
  trialDays: number;

  @BoolField({ description: 'Whether it is no longer sold.', example: false })
  archived: boolean;
}

export class SubscriptionListQuery extends ListQuery(subscriptionList) {
  @EnumField(subscriptionStates, {
    description: 'Subscriptions in this state alone.',
    example: 'past_due',
    optional: true,
  })
  state?: SubscriptionState;
}

export class SubscriptionSummaryDto {
  @IdField({ description: 'Id of the subscription.' })
  id: Id;

  @IdField({ description: 'The school.' })
  schoolId: Id;

  @TextField({ description: 'Its name.', example: 'Nordhavn Køreskole', max: 120 })
  schoolName: string;

  @EnumField(subscriptionStates, providersState)
  state: SubscriptionState;

  @EnumField(standings, standing)
  standing: Standing;

  @IntField({ description: 'Seats paid for.', example: 4, min: 1, max: 100_000 })
  seats: number;

  @InstantField({
    description: 'When the trial ends, or ended.',
    example: '2026-12-31T09:00:00.000Z',
    nullable: true as const,
  })
  trialEndsAt: Date | null;

  @InstantField({ description: 'Since when money is owed.', example: null, nullable: true })
  unpaidSince: Date | null;

  @TextField({ description: 'Why the school need not pay.', example: null, max: 500, nullable: true })
  exemptReason: string | null;
}

export class SetTrialDto {
  @InstantField({ description: 'When the trial ends.', example: '2027-01-31T22:59:59.000Z' })
  endsAt: string;

  @TextField(reason)
  reason: string;
}

export class ExemptSchoolDto {
  @TextField(reason)
  reason: string;
}
