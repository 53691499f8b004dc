import {
  BoolField,
  EnumField,
  IdField,
  InstantField,
  IntField,
  ListField,
  LocalDateField,
  MoneyDto,
  MoneyField,
  TextField,
} from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { paymentStates, type PaymentState, refundStates, type RefundState } from '../domain/payment-state.js';
import { type PaymentMethod, paymentMethods } from '../domain/payment-method.js';
import type { RefundCommand } from '../use-cases/refund-payment.js';
import { paymentList } from '../queries/payment-reader.js';

export class CheckoutDto {
  @IdField({ description: 'Id of the payment.' })
  paymentId: Id;

  @TextField({
    description: 'Where to send the person who pays.',
    example: 'https://checkout.stripe.com/c/pay/cs_test_a1',
    max: 2_000,
  })
  url: string;
}

export class PaymentIntentDto {
  @IdField({ description: 'Id of the payment.' })
  paymentId: Id;

  @TextField({ description: 'Whose library takes the payment in the app.', example: 'stripe', max: 40 })
  provider: string;

  @TextField({
    description: 'The school’s own account there, which the library is told; null for the platform’s.',
    example: 'acct_1Nv0FGQ9RKHgCVdK',
    max: 255,
    nullable: true,
  })
  accountRef: string | null;

  @TextField({
    description: 'What the app hands to the library. Whoever has it may pay; it is in this answer alone.',
    example: 'pi_3MtwBwLkdIwHu7ix28a3tqPa_secret_YrKJUKribcBjcG8HVhfZluoGH',
    max: 500,
  })
  clientSecret: string;
}

export class RefundPaymentDto {
  @MoneyField({ description: 'How much; all that is left of the payment when left out.', optional: true })
  amount?: MoneyDto;

  @TextField({ description: 'Why, for the audit.', example: 'Holdet blev aflyst' })
  reason: string;

  toCommand(paymentId: Id): RefundCommand {
    const { amount, reason } = this;
    return { paymentId, reason, ...(amount && { amount: Money.of(amount.amount, amount.currency) }) };
  }
}

export class RefundDto {
  @IdField({ description: 'Id of the refund.' })
  id: Id;

  @MoneyField({ description: 'How much.' })
  amount: MoneyDto;

  @EnumField(refundStates, {
    description: 'Succeeded once the provider has given the money back.',
    example: 'requested',
  })
  state: RefundState;

  @TextField({ description: 'Why.', example: 'Holdet blev aflyst' })
  reason: string;

  @EnumField(paymentMethods, {
    description: 'How staff paid it out; null when the provider gives it back.',
    example: 'cash',
    nullable: true,
  })
  method: PaymentMethod | null;

  @InstantField({ description: 'When it was decided.', example: '2026-12-01T08:00:00.000Z' })
  createdAt: Date;

  @InstantField({ description: 'When its outcome was known.', example: '2026-12-01T08:00:05.000Z', nullable: true })
  settledAt: Date | null;
}

export class PaymentListQuery extends ListQuery(paymentList) {
  @IdField({ description: 'Payments of this invoice alone.', optional: true })
  invoiceId?: Id;
}

export class PaymentSummaryDto {
  @IdField({ description: 'Id of the payment.' })
  id: Id;

  @IdField({
    description: 'The invoice it was asked for, or the first it paid; null for money on account.',
    nullable: true,
  })
  invoiceId: Id | null;

  @IdField({ description: 'The student whose invoice it is.' })
  studentId: Id;

  @TextField({ description: 'The payment provider; `manual` for what staff took in.', example: 'stripe' })
  provider: string;

  @EnumField(paymentStates, {
    description:
      'Unknown: the provider has not said yet, and is asked again. Reversed: taken in by mistake, and it never came.',
    example: 'succeeded',
  })
  state: PaymentState;

  @MoneyField({ description: 'What was asked for.' })
  amount: MoneyDto;

  @MoneyField({ description: 'What has arrived.' })
  received: MoneyDto;

  @MoneyField({ description: 'What was given back, or is on its way.', example: { amount: 0, currency: 'DKK' } })
  refunded: MoneyDto;

  @InstantField({ description: 'When it was begun.', example: '2026-12-01T08:00:00.000Z' })
  createdAt: Date;

  @InstantField({ description: 'When its outcome was known.', example: '2026-12-01T08:00:30.000Z', nullable: true })
  settledAt: Date | null;

  @EnumField(paymentMethods, {
    description: 'How it came when staff took it in; null when a provider did.',
    example: 'cash',
    nullable: true,
  })
  method: PaymentMethod | null;

  @LocalDateField({ description: 'When staff got it, in the school’s zone.', example: '2026-12-01', nullable: true })
  receivedOn: string | null;

  @TextField({ description: 'What the payer or the bank calls it.', example: 'Bilag 42', max: 100, nullable: true })
  reference: string | null;
}

export class PaymentAllocationDto {
  @IdField({ description: 'The invoice that got it.' })
  invoiceId: Id;

  @MoneyField({ description: 'How much.' })
  amount: MoneyDto;
}

export class PaymentDto extends PaymentSummaryDto {
  @TextField({ description: 'What staff noted about it.', example: 'Betalt af moderen', max: 300, nullable: true })
  note: string | null;

  @TextField({ description: 'Why it was reversed.', example: 'Tastet på den forkerte elev', nullable: true })
  reversalReason: string | null;

  @ListField(() => PaymentAllocationDto, { description: 'Which invoices it pays; the rest is credit or was refunded.' })
  allocations: PaymentAllocationDto[];

  @ListField(() => RefundDto, { description: 'What was given back of it.' })
  refunds: RefundDto[];
}

export class StudentAccountDto {
  @IdField({ description: 'Id of the student.' })
  studentId: Id;

  @MoneyField({ description: 'What the student owes; negative when there is money to his credit.' })
  balance: MoneyDto;
}

export class FinanceSettingsDto {
  @IntField({ description: 'Days from an invoice’s date to its due date.', example: 8, min: 0, max: 90 })
  paymentTermsDays: number;

  @TextField({
    description: 'Registration and account number, printed on invoices.',
    example: '1234 0001234567',
    max: 40,
    nullable: true,
  })
  bankAccount: string | null;

  @BoolField({
    description: 'Whether a student’s credit pays his next invoice by itself.',
    example: false,
    optional: true,
    default: false,
  })
  useCredit: boolean = false;

  @TextField({
    description: 'The eight digits of the school’s FI creditor number: with it, invoices have a giro line (`+71<…`).',
    example: '81234567',
    max: 8,
    optional: true,
    nullable: true,
  })
  giroCreditor: string | null = null;
}

export class JournalQuery {
  @LocalDateField({ description: 'The day, in the school’s zone.', example: '2026-12-01' })
  date: string;

  @EnumField(['comma', 'point'], {
    description: 'The decimal mark.',
    example: 'comma',
    optional: true,
    default: 'comma',
  })
  decimal: 'comma' | 'point' = 'comma';
}
