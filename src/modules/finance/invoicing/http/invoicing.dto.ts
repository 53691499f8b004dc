import {
  IdField,
  IdListField,
  EnumField,
  InstantField,
  IntField,
  ListField,
  MoneyDto,
  MoneyField,
  TextField,
} from '../../../../platform/http/fields.js';
import { ListQuery } from '../../../../platform/http/list-query.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { chargeStates, type ChargeState } from '../../domain/charge.js';
import { VatTotalDto } from '../../http/invoice.dto.js';
import { draftList } from '../queries/draft-reader.js';
import type { DraftContent } from '../use-cases/save-draft.js';

export class BillingDetailsDto {
  @TextField({
    description: 'Who pays, when it is not the student: an employer, a parent, a municipality.',
    example: 'Nordhavn Transport ApS',
    nullable: true,
  })
  payerName: string | null;

  @TextField({ description: 'The payer’s street and number.', example: 'Havnegade 4', nullable: true })
  addressLine: string | null;

  @TextField({ description: 'The payer’s postcode.', example: '2150', max: 20, nullable: true })
  postcode: string | null;

  @TextField({ description: 'The payer’s city.', example: 'Nordhavn', max: 100, nullable: true })
  city: string | null;

  @TextField({ description: 'CVR number of the buyer.', example: '12345674', min: 8, max: 8, nullable: true })
  cvr: string | null;

  @TextField({
    description: 'EAN location number (GLN) of a public buyer.',
    example: '5790000000005',
    min: 13,
    max: 13,
    nullable: true,
  })
  ean: string | null;

  @TextField({
    description: 'What the buyer wants quoted on each invoice.',
    example: 'Rekvisition 4711',
    max: 100,
    nullable: true,
  })
  reference: string | null;
}

export class FreeLineDto {
  @TextField({ description: 'As on the invoice.', example: 'Lærebog' })
  description: string;

  @IntField({ description: 'How many.', example: 2, min: 1, max: 10_000 })
  quantity: number;

  @MoneyField({ description: 'Price of one including VAT, in the school’s currency; above zero.' })
  unitGross: MoneyDto;

  @IntField({ description: 'VAT rate in basis points: 2500 is 25 %, 0 is exempt.', example: 2500, min: 0, max: 10_000 })
  vatRateBp: number;
}

export class UpdateInvoiceDraftDto {
  @IdListField({
    description: 'The student’s charges on it; all that are open when left out.',
    optional: true,
    maxItems: 200,
  })
  chargeIds?: Id[];

  @ListField(() => FreeLineDto, {
    description: 'What no charge stands for, after the charges.',
    optional: true,
    maxItems: 100,
    example: [{ description: 'Lærebog', quantity: 1, unitGross: { amount: 24_900, currency: 'DKK' }, vatRateBp: 2500 }],
  })
  lines?: FreeLineDto[];

  @IntField({
    description: 'Days from issue to due date; as the school has it when null or left out.',
    example: 14,
    min: 0,
    max: 90,
    optional: true,
    nullable: true,
  })
  paymentTermsDays?: number | null;

  @TextField({
    description: 'What the buyer wants quoted on this invoice; as his billing details have it when null or left out.',
    example: 'Rekvisition 4711',
    max: 100,
    optional: true,
    nullable: true,
  })
  reference?: string | null;

  toContent(): DraftContent {
    const { chargeIds, lines = [], paymentTermsDays = null, reference = null } = this;
    return {
      ...(chargeIds && { chargeIds }),
      lines: lines.map(({ unitGross, ...line }) => ({
        ...line,
        unitGross: Money.of(unitGross.amount, unitGross.currency),
      })),
      paymentTermsDays,
      reference,
    };
  }
}

export class CreateInvoiceDraftDto extends UpdateInvoiceDraftDto {
  @IdField({ description: 'The student who is to be invoiced.' })
  studentId: Id;
}

export class DraftListQuery extends ListQuery(draftList) {
  @IdField({ description: 'Drafts for this student alone.', optional: true })
  studentId?: Id;
}

export class DraftSummaryDto {
  @IdField({ description: 'Id of the draft.' })
  id: Id;

  @IdField({ description: 'The student who is to be invoiced.' })
  studentId: Id;

  @IntField({
    description: 'Days from issue to due date; null: as the school has it.',
    example: 14,
    min: 0,
    max: 90,
    nullable: true,
  })
  paymentTermsDays: number | null;

  @TextField({ description: 'What the buyer wants quoted.', example: 'Rekvisition 4711', max: 100, nullable: true })
  reference: string | null;

  @InstantField({ description: 'When it was begun.', example: '2026-12-01T08:00:00.000Z' })
  createdAt: Date;
}

export class DraftLineDto {
  @IdField({ description: 'The charge it stands for.', nullable: true })
  chargeId: Id | null;

  @EnumField(chargeStates, {
    description: 'Of a charge: once it is no longer open, the draft cannot be issued with it.',
    example: 'open',
    nullable: true,
  })
  chargeState: ChargeState | null;

  @TextField({ description: 'What is sold.', example: 'Kørelektion 2026-12-01 09:00' })
  description: string;

  @IntField({ description: 'How many.', example: 1, min: 1, max: 10_000 })
  quantity: number;

  @MoneyField({ description: 'Price of one, including VAT.' })
  unitGross: MoneyDto;

  @IntField({ description: 'VAT rate in basis points.', example: 2500, min: 0, max: 10_000 })
  vatRateBp: number;

  @MoneyField({ description: 'Including VAT.' })
  gross: MoneyDto;
}

export class InvoiceDraftDto extends DraftSummaryDto {
  @ListField(() => DraftLineDto, { description: 'What it would say if it was issued now.', maxItems: 300 })
  lines: DraftLineDto[];

  @MoneyField({ description: 'Total without VAT.', example: { amount: 52_000, currency: 'DKK' } })
  net: MoneyDto;

  @MoneyField({ description: 'Total VAT.', example: { amount: 13_000, currency: 'DKK' } })
  vat: MoneyDto;

  @MoneyField({ description: 'Total including VAT.' })
  gross: MoneyDto;

  @ListField(() => VatTotalDto, { description: 'Totals of each VAT rate.' })
  vatByRate: VatTotalDto[];
}
