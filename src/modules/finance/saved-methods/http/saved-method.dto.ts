import { IsIn } from 'class-validator';
import {
  BoolField,
  EnumField,
  IdField,
  InstantField,
  IntField,
  type MoneyDto,
  MoneyField,
  TextField,
} from '../../../../platform/http/fields.js';
import { ListQuery } from '../../../../platform/http/list-query.js';
import type { Id } from '../../../../platform/values/id.js';
import { paymentStates, type PaymentState } from '../../domain/payment-state.js';
import { captureMethods, type CaptureMethod } from '../../ports/payment-gateway.js';
import { savedMethodList } from '../queries/method-reader.js';

export class SaveMethodDto {
  @BoolField({
    description: 'The student agrees that the school’s invoices are charged to this card without asking each time.',
    example: true,
  })
  @IsIn([true], { message: 'must be true: without consent no card is saved' })
  consent: boolean;

  @EnumField(['da', 'en'], { description: 'The language of the page.', example: 'da', optional: true, default: 'da' })
  locale: 'da' | 'en' = 'da';
}

export class MethodPageDto {
  @IdField({ description: 'Id of the card to be saved.' })
  methodId: Id;

  @TextField({
    description: 'Where to send the student: the provider’s own page. We never see the card’s number.',
    example: 'https://checkout.stripe.com/c/pay/cs_test_a1',
    max: 2_000,
  })
  url: string;
}

export class SavedMethodListQuery extends ListQuery(savedMethodList) {}

export class SavedMethodDto {
  @IdField({ description: 'Id of the saved card.' })
  id: Id;

  @TextField({ description: 'The payment provider that keeps it.', example: 'stripe' })
  provider: string;

  @TextField({ description: 'Kind of card.', example: 'visa', nullable: true })
  brand: string | null;

  @TextField({ description: 'Last four digits.', example: '4242', nullable: true })
  last4: string | null;

  @IntField({ description: 'Month in which it expires.', example: 12, min: 1, max: 12, nullable: true })
  expMonth: number | null;

  @IntField({ description: 'Year in which it expires.', example: 2034, min: 2000, max: 2200, nullable: true })
  expYear: number | null;

  @InstantField({ description: 'When it was saved.', example: '2026-12-01T08:00:00.000Z', nullable: true })
  savedAt: Date | null;
}

export class ChargeInvoiceDto {
  @EnumField(captureMethods, {
    description: 'Manual reserves the money, until it is taken or let go.',
    example: 'automatic',
    optional: true,
    default: 'automatic',
  })
  capture: CaptureMethod = 'automatic';
}

export class ChargedInvoiceDto {
  @IdField({ description: 'Id of the payment.' })
  paymentId: Id;

  @EnumField(paymentStates, {
    description: 'Unknown: the provider has not said yet, and is asked again.',
    example: 'succeeded',
  })
  state: PaymentState;

  @TextField({
    description: 'Where the customer pays himself, when his bank wants to see him.',
    example: 'https://checkout.stripe.com/c/pay/cs_test_a1',
    max: 2_000,
    nullable: true,
  })
  url: string | null;
}

export class CapturePaymentDto {
  @MoneyField({ description: 'How much; all that is reserved when left out. The rest is let go.', optional: true })
  amount?: MoneyDto;
}

export class GatewayChoiceDto {
  @TextField({ description: 'The provider of new payments.', example: 'stripe', max: 40 })
  provider: string;

  @TextField({
    description: 'The school’s own account there; null for the platform’s.',
    example: 'acct_1Nv0FGQ9RKHgCVdK',
    max: 255,
    nullable: true,
  })
  accountRef: string | null;
}
