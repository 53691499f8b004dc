import {
  EnumField,
  IdField,
  IdListField,
  InstantField,
  IntField,
  ListField,
  LocalDateField,
  MoneyDto,
  MoneyField,
  NestedField,
  TextField,
} from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { exampleId } from '../../../platform/http/field.js';
import type { CreditScope } from '../use-cases/credit-invoice.js';
import { invoiceKinds, type InvoiceKind, invoiceStates, type InvoiceState } from '../domain/invoice.js';
import { invoiceList } from '../queries/invoice-directory.js';

export class IssueInvoiceDto {
  @IdField({ description: 'The student who is invoiced.' })
  studentId: Id;

  @IdListField({
    description: 'The open charges to put on it; all of the student’s when left out.',
    minItems: 1,
    optional: true,
  })
  chargeIds?: Id[];
}

export class CreditedLineDto {
  @IdField({ description: 'The line of the invoice.' })
  lineId: Id;

  @MoneyField({
    description: 'How much of it, VAT included; all that is left when left out.',
    example: { amount: 10_000, currency: 'DKK' },
    optional: true,
  })
  amount?: MoneyDto;
}

export class CreditInvoiceDto {
  @IdListField({
    description: 'Credit the lines of these charges alone; all that is left when this and `lines` are left out.',
    minItems: 1,
    optional: true,
  })
  chargeIds?: Id[];

  @ListField(() => CreditedLineDto, {
    description: 'Credit these lines alone, each in whole or in part.',
    minItems: 1,
    optional: true,
    example: [{ lineId: exampleId, amount: { amount: 10_000, currency: 'DKK' } }],
  })
  lines?: CreditedLineDto[];

  @TextField({ description: 'Why; printed on the credit note.', example: 'Timen blev afkortet', optional: true })
  reason?: string;

  toScope(): CreditScope {
    const { chargeIds, lines, reason } = this;
    return {
      ...(chargeIds && { chargeIds }),
      ...(lines && {
        lines: lines.map(({ lineId, amount }) => ({
          lineId,
          ...(amount && { amount: Money.of(amount.amount, amount.currency) }),
        })),
      }),
      ...(reason !== undefined && { reason }),
    };
  }
}

export class InvoiceListQuery extends ListQuery(invoiceList) {
  @IdField({ description: 'Invoices of this student alone.', optional: true })
  studentId?: Id;

  @EnumField(invoiceStates, { description: 'Invoices in this state alone.', example: 'issued', optional: true })
  state?: InvoiceState;

  @EnumField(invoiceKinds, { description: 'Invoices or credit notes alone.', example: 'invoice', optional: true })
  kind?: InvoiceKind;
}

export class InvoiceSummaryDto {
  @IdField({ description: 'Id of the invoice.' })
  id: Id;

  @EnumField(invoiceKinds, {
    description: 'A credit note takes back what an invoice said; its amounts are negative.',
    example: 'invoice',
  })
  kind: InvoiceKind;

  @IntField({
    description: 'In sequence without gaps, for invoices and credit notes together.',
    example: 42,
    min: 1,
    max: 2_147_483_647,
  })
  number: number;

  @IdField({ description: 'The student who was invoiced.' })
  studentId: Id;

  @EnumField(invoiceStates, {
    description: 'Issued until it is paid, credited or written off in whole.',
    example: 'issued',
  })
  state: InvoiceState;

  @MoneyField({ description: 'Total including VAT.' })
  gross: MoneyDto;

  @MoneyField({ description: 'What is left to pay.' })
  outstanding: MoneyDto;

  @LocalDateField({ description: 'Date of the invoice.', example: '2026-12-01' })
  issuedOn: string;

  @LocalDateField({ description: 'Last day to pay.', example: '2026-12-09' })
  dueOn: string;

  @IdField({ description: 'Of a credit note: the invoice it credits.', nullable: true })
  creditsInvoiceId: Id | null;
}

export class InvoiceLineDto {
  @IdField({ description: 'Id of the line.' })
  id: Id;

  @IdField({ description: 'The charge it stands for.', nullable: true })
  chargeId: Id | null;

  @TextField({ description: 'What was sold.', example: 'Kørelektion 2026-12-01 09:00' })
  description: string;

  @IntField({ description: 'How many; negative on a credit note.', example: 1, min: -1_000_000, max: 1_000_000 })
  quantity: number;

  @MoneyField({ description: 'Price of one, including VAT.' })
  unitGross: MoneyDto;

  @IntField({ description: 'VAT rate in basis points.', example: 2500, min: 0, max: 10_000 })
  vatRateBp: number;

  @MoneyField({ description: 'Without VAT.', example: { amount: 52_000, currency: 'DKK' } })
  net: MoneyDto;

  @MoneyField({ description: 'The VAT.', example: { amount: 13_000, currency: 'DKK' } })
  vat: MoneyDto;

  @MoneyField({ description: 'Including VAT.' })
  gross: MoneyDto;
}

export class VatTotalDto {
  @IntField({ description: 'VAT rate in basis points.', example: 2500, min: 0, max: 10_000 })
  vatRateBp: number;

  @MoneyField({ description: 'Without VAT.', example: { amount: 52_000, currency: 'DKK' } })
  net: MoneyDto;

  @MoneyField({ description: 'The VAT.', example: { amount: 13_000, currency: 'DKK' } })
  vat: MoneyDto;

  @MoneyField({ description: 'Including VAT.' })
  gross: MoneyDto;
}

class PartyDto {
  @TextField({ description: 'Name.', example: 'Sofie Ærø' })
  name: string;

  @TextField({ description: 'Street and number.', example: 'Østergade 2', nullable: true })
  addressLine: string | null;

  @TextField({ description: 'Postcode.', example: '2100', nullable: true })
  postcode: string | null;

  @TextField({ description: 'City.', example: 'København Ø', nullable: true })
  city: string | null;

  @TextField({ description: 'The CVR number.', example: '10150817', nullable: true })
  cvr: string | null;
}

export class BuyerDto extends PartyDto {
  @TextField({ description: 'EAN location number (GLN).', example: '5790000000005', nullable: true })
  ean: string | null;

  @TextField({ description: 'What the buyer wants quoted.', example: 'Rekvisition 4711', nullable: true })
  reference: string | null;

  @TextField({ description: 'The student, where somebody else pays.', example: 'Sofie Ærø', nullable: true })
  student: string | null;
}

export class SellerDto extends PartyDto {
  @TextField({ description: 'E-mail address.', example: 'kontor@nordhavn.example', nullable: true })
  email: string | null;

  @TextField({ description: 'Phone number.', example: '+4533112233', nullable: true })
  phone: string | null;

  @TextField({ description: 'Where to pay by transfer.', example: '1234 0001234567', nullable: true })
  bankAccount: string | null;

  @TextField({ description: 'Its FI creditor number, for giro lines.', example: '81234567', nullable: true })
  giroCreditor: string | null;
}

export class InvoiceDto extends InvoiceSummaryDto {
  @MoneyField({ description: 'Total without VAT.', example: { amount: 52_000, currency: 'DKK' } })
  net: MoneyDto;

  @MoneyField({ description: 'Total VAT.', example: { amount: 13_000, currency: 'DKK' } })
  vat: MoneyDto;

  @MoneyField({ description: 'What has been paid of it.' })
  paid: MoneyDto;

  @MoneyField({ description: 'What credit notes have taken back of it.', example: { amount: 0, currency: 'DKK' } })
  credited: MoneyDto;

  @MoneyField({ description: 'What will never be paid of it.', example: { amount: 0, currency: 'DKK' } })
  writtenOff: MoneyDto;

  @InstantField({ description: 'When it was issued.', example: '2026-12-01T08:00:00.000Z' })
  issuedAt: Date;

  @TextField({ description: 'Of a credit note: why.', example: 'Timen blev afkortet', nullable: true })
  reason: string | null;

  @NestedField(() => SellerDto, { description: 'The school, as it was then.' })
  seller: SellerDto;

  @NestedField(() => BuyerDto, { description: 'Who buys, as he was then: the student, or whoever pays for him.' })
  buyer: BuyerDto;

  @ListField(() => InvoiceLineDto, { description: 'What was sold.' })
  lines: InvoiceLineDto[];

  @ListField(() => VatTotalDto, { description: 'Totals of each VAT rate.' })
  vatByRate: VatTotalDto[];
}
