import {
  EnumField,
  IdField,
  ListField,
  LocalDateField,
  MoneyDto,
  MoneyField,
  TextField,
} from '../../../../platform/http/fields.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { type PaymentMethod, paymentMethods } from '../../domain/payment-method.js';
import { PaymentAllocationDto } from '../../http/payment.dto.js';
import type { RefundCommand } from '../../use-cases/refund-payment.js';
import type { ManualPayment } from '../use-cases/record-payment.js';
import type { CreditRefund } from '../use-cases/refund-credit.js';

const money = ({ amount, currency }: MoneyDto) => Money.of(amount, currency);

export class RecordPaymentDto {
  @IdField({ description: 'Whose money it is.' })
  studentId: Id;

  @MoneyField({ description: 'How much came, in the school’s currency; above zero.' })
  amount: MoneyDto;

  @EnumField(paymentMethods, { description: 'How it came.', example: 'cash' })
  method: PaymentMethod;

  @LocalDateField({
    description: 'When it came, in the school’s zone; not in the future. It is booked on the day it is recorded.',
    example: '2026-11-20',
  })
  receivedOn: string;

  @TextField({
    description: 'What the payer or the bank calls it.',
    example: 'Bilag 42',
    max: 100,
    optional: true,
  })
  reference?: string;

  @TextField({ description: 'What else is to be known.', example: 'Betalt af moderen', max: 300, optional: true })
  note?: string;

  @ListField(() => PaymentAllocationDto, {
    description:
      'Which invoices get how much. Left out: the first due come first. Empty: all of it stays on the student’s account.',
    optional: true,
    maxItems: 50,
  })
  allocations?: PaymentAllocationDto[];

  toCommand(): ManualPayment {
    const { studentId, method, receivedOn, reference, note } = this;
    const allocations = this.allocations?.map(({ invoiceId, amount }) => ({ invoiceId, amount: money(amount) }));
    return { studentId, amount: money(this.amount), method, receivedOn, reference, note, allocations };
  }
}

export class ReversePaymentDto {
  @TextField({ description: 'Why, for the audit.', example: 'Tastet på den forkerte elev' })
  reason: string;
}

export class PayOutRefundDto {
  @MoneyField({ description: 'How much; all that is left of the payment when left out.', optional: true })
  amount?: MoneyDto;

  @EnumField(paymentMethods, { description: 'How it was paid out.', example: 'bank_transfer' })
  method: PaymentMethod;

  @TextField({ description: 'Why, for the audit.', example: 'Holdet blev aflyst' })
  reason: string;

  toCommand(paymentId: Id): RefundCommand {
    const { amount, method, reason } = this;
    return { paymentId, method, reason, ...(amount && { amount: money(amount) }) };
  }
}

export class RefundCreditDto {
  @MoneyField({ description: 'How much; all of the credit when left out.', optional: true })
  amount?: MoneyDto;

  @EnumField(paymentMethods, {
    description: 'How it was paid out. Left out: each payment goes back the way it came.',
    example: 'bank_transfer',
    optional: true,
  })
  method?: PaymentMethod;

  @TextField({ description: 'Why, for the audit.', example: 'Eleven er stoppet' })
  reason: string;

  toCommand(studentId: Id): CreditRefund {
    const { amount, method, reason } = this;
    return { studentId, method, reason, ...(amount && { amount: money(amount) }) };
  }
}

export class UseCreditDto {
  @IdField({
    description: 'The invoice to pay; all that are open, the first due first, when left out.',
    optional: true,
  })
  invoiceId?: Id;
}

export class CreditOfPaymentDto {
  @IdField({ description: 'The payment.' })
  paymentId: Id;

  @MoneyField({ description: 'What is left of it.' })
  left: MoneyDto;
}

export class StudentCreditDto {
  @IdField({ description: 'Id of the student.' })
  studentId: Id;

  @MoneyField({ description: 'What was paid and no invoice or refund has had.' })
  credit: MoneyDto;

  @ListField(() => CreditOfPaymentDto, { description: 'The payments it is left of, oldest first.' })
  payments: CreditOfPaymentDto[];
}
