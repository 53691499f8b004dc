import {
  BoolField,
  EnumField,
  EnumListField,
  IdField,
  InstantField,
  IntField,
  ListField,
  LocalDateField,
  MoneyDto,
  MoneyField,
  NestedField,
  SecretField,
  TextField,
} from '../../../platform/http/fields.js';
import type { Id } from '../../../platform/values/id.js';
import {
  connectionStates,
  type ConnectionState,
  type JournalPeriod,
  journalPeriods,
  type SyncMode,
  syncModes,
  type SyncPace,
  syncPaces,
} from '../domain/connection.js';
import { type MappingKind, mappingKinds } from '../domain/small-tables.js';
import { type BooksLayout, type LayoutColumn, layoutColumns } from '../ports/accounting-client.js';
import { type ConnectWay, connectWays } from '../queries/connection-reader.js';

const provider = { description: 'The bookkeeping system.', example: 'csv', max: 40 } as const;

export class BooksSystemDto {
  @TextField(provider)
  provider: string;

  @EnumField(connectWays, {
    description: 'How it is connected: on a page of its own, by a token that is made there, or at once.',
    example: 'nothing',
  })
  connectBy: ConnectWay;

  @BoolField({ description: 'Takes invoices, credit notes and payments one by one.', example: true })
  documents: boolean;

  @BoolField({ description: 'Takes what a period comes to.', example: true })
  journals: boolean;
}

export class BooksSystemsDto {
  @ListField(() => BooksSystemDto, { description: 'Those that are set up here.' })
  systems: BooksSystemDto[];
}

export class ConnectBooksDto {
  @TextField(provider)
  provider: string;

  @SecretField({
    description:
      'What the system gave out for us, where it is connected by a token. Kept sealed and never shown again.',
    example: 'a token of the bookkeeping system',
    optional: true,
    max: 2000,
  })
  token?: string;
}

export class BeginConsentDto {
  @TextField({ ...provider, example: 'xero' })
  provider: string;
}

export class ConsentPageDto {
  @TextField({
    description: 'Where the person goes. He comes back to a page of ours within half an hour.',
    example: 'https://login.example/authorize?state=8Q2n',
    max: 4000,
  })
  url: string;
}

export class ChooseCompanyDto {
  @TextField({ description: 'One of the connection’s companies.', example: '45e4708e', max: 100 })
  company: string;
}

export class BooksCompanyDto {
  @TextField({ description: 'As the system names it.', example: '45e4708e', max: 100 })
  id: string;

  @TextField({ description: 'Name of the company.', example: 'Nordhavn Køreskole ApS' })
  name: string;
}

export class RecordCountsDto {
  @IntField({ description: 'Waiting their turn.', example: 2, min: 0, max: 1e9 })
  waiting: number;

  @IntField({ description: 'Under way.', example: 0, min: 0, max: 1e9 })
  sending: number;

  @IntField({ description: 'May be booked: looked up before they are sent again.', example: 0, min: 0, max: 1e9 })
  unknown: number;

  @IntField({ description: 'Refused: somebody has to look at them.', example: 1, min: 0, max: 1e9 })
  failed: number;

  @IntField({ description: 'In the books.', example: 412, min: 0, max: 1e9 })
  booked: number;
}

const connectionShown = [...connectionStates, 'none'] as const;

export class BooksConnectionDto {
  @IdField({ description: 'Id of the connection.', nullable: true })
  id: Id | null;

  @EnumField(connectionShown, {
    description: 'Choosing: one of the companies has to be chosen. None: nothing is connected.',
    example: 'connected',
  })
  state: ConnectionState | 'none';

  @TextField({ ...provider, nullable: true })
  provider: string | null;

  @TextField({ description: 'Whose books they are.', example: 'Nordhavn Køreskole ApS', nullable: true })
  companyName: string | null;

  @ListField(() => BooksCompanyDto, { description: 'To choose one of, while none is chosen.' })
  companies: BooksCompanyDto[];

  @InstantField({ description: 'Since when.', example: '2026-12-01T08:00:00.000Z', nullable: true })
  connectedAt: Date | null;

  @InstantField({ description: 'The last turn.', example: '2026-12-02T01:15:00.000Z', nullable: true })
  lastRunAt: Date | null;

  @InstantField({
    description: 'The last turn that came to its end.',
    example: '2026-12-02T01:15:20.000Z',
    nullable: true,
  })
  lastSuccessAt: Date | null;

  @InstantField({
    description: 'The next turn; null while it is off.',
    example: '2026-12-03T01:15:00.000Z',
    nullable: true,
  })
  nextSyncAt: Date | null;

  @TextField({ description: 'Why the last turn ended early.', example: 'unavailable', nullable: true })
  lastError: string | null;

  @NestedField(() => RecordCountsDto, { description: 'How many records are in which state.' })
  records: RecordCountsDto;
}

export class JournalLayoutDto {
  @EnumListField(layoutColumns, {
    description: 'The columns of a journal’s file, in their order.',
    example: ['date', 'voucher', 'account', 'text', 'debit', 'credit', 'vatCode'],
    minItems: 1,
    maxItems: 8,
  })
  columns: LayoutColumn[];

  @EnumField(['utf-8', 'windows-1252'], { description: 'The letters of files.', example: 'utf-8' })
  encoding: BooksLayout['encoding'];

  @EnumField(['comma', 'point'], { description: 'The decimal mark of files.', example: 'comma' })
  decimal: BooksLayout['decimal'];
}

export class SyncSettingsDto {
  @EnumField(syncModes, {
    description: 'Documents: every invoice, credit note and payment by itself. Journals: what a period comes to.',
    example: 'documents',
  })
  mode: SyncMode;

  @BoolField({ description: 'Whether anything is sent by itself.', example: true })
  syncOn: boolean;

  @EnumField(syncPaces, { description: 'How often.', example: 'daily' })
  pace: SyncPace;

  @EnumField(journalPeriods, { description: 'What a journal is of.', example: 'day' })
  period: JournalPeriod;

  @LocalDateField({ description: 'The first day that is sent.', example: '2026-12-01' })
  startsOn: string;

  @LocalDateField({
    description: 'The bookkeeper has closed everything through this day: nothing dated there is sent.',
    example: '2026-11-30',
    nullable: true,
  })
  closedThrough: string | null;

  @NestedField(() => JournalLayoutDto, { description: 'How files look, for a system of files.' })
  layout: JournalLayoutDto;
}

export class MappingDto {
  @EnumField(mappingKinds, { description: 'What is mapped.', example: 'account' })
  kind: MappingKind;

  @TextField({
    description: 'Our account’s number, our VAT rate in hundredths of a percent, or a product’s id.',
    example: '3000',
    max: 60,
  })
  ours: string;

  @TextField({ description: 'The account or VAT code in the books.', example: '1010', max: 60 })
  theirs: string;
}

export class MappingsDto {
  @ListField(() => MappingDto, { description: 'All of them; what is left out is not mapped.', maxItems: 500 })
  mappings: MappingDto[];
}

export class NamedMappingDto {
  @EnumField(mappingKinds, { description: 'What is mapped.', example: 'account' })
  kind: MappingKind;

  @TextField({ description: 'Ours.', example: '3000', max: 60 })
  ours: string;

  @TextField({ description: 'What we call it.', example: 'Salg med moms', min: 0 })
  name: string;

  @TextField({
    description: 'What the books call it; null while it has to be said before anything of it is sent.',
    example: '1010',
    min: 0,
    max: 60,
    nullable: true,
  })
  theirs: string | null;
}

export class NamedMappingsDto {
  @ListField(() => NamedMappingDto, {
    description: 'Each account and VAT rate of ours, and products with an account of their own.',
  })
  mappings: NamedMappingDto[];
}

export class BooksAccountDto {
  @TextField({ description: 'What the books call it.', example: '1010', max: 60 })
  code: string;

  @TextField({ description: 'Its name there.', example: 'Salg af varer/ydelser m/moms' })
  name: string;
}

export class BooksChartDto {
  @ListField(() => BooksAccountDto, { description: 'The accounts in the books; none for a system of files.' })
  accounts: BooksAccountDto[];

  @ListField(() => BooksAccountDto, { description: 'The VAT codes in the books.' })
  taxCodes: BooksAccountDto[];
}

export class RetriedDto {
  @IntField({ description: 'How many records are sent again.', example: 3, min: 0, max: 1e9 })
  retried: number;
}

export class SideTotalDto {
  @IntField({ description: 'How many.', example: 12, min: 0, max: 1e9 })
  count: number;

  @MoneyField({ description: 'What they come to.' })
  total: MoneyDto;
}

const moneyKinds = ['invoice', 'credit_note', 'payment', 'refund'] as const;

export class KindTotalsDto {
  @EnumField(moneyKinds, { description: 'Of what.', example: 'invoice' })
  kind: (typeof moneyKinds)[number];

  @NestedField(() => SideTotalDto, { description: 'In our ledger.' })
  here: SideTotalDto;

  @NestedField(() => SideTotalDto, { description: 'In the books.' })
  there: SideTotalDto;

  @BoolField({ description: 'Whether both say the same.', example: true })
  same: boolean;
}

export class BooksDifferenceDto {
  @IdField({ description: 'The record it is about; null for an account.', nullable: true })
  recordId: Id | null;

  @TextField({ description: 'What differs.', example: 'invoice 1001' })
  what: string;

  @TextField({ description: 'How.', example: 'missing_there', max: 300 })
  problem: string;
}

export class BooksReconciliationDto {
  @LocalDateField({ description: 'The first day that was compared.', example: '2026-12-01' })
  from: string;

  @LocalDateField({ description: 'The last day: whole periods are compared.', example: '2026-12-31' })
  until: string;

  @ListField(() => KindTotalsDto, { description: 'Document by document: totals here and there. None in journals.' })
  kinds: KindTotalsDto[];

  @ListField(() => BooksDifferenceDto, { description: 'None: both say the same. The first hundreds.', maxItems: 1000 })
  differences: BooksDifferenceDto[];
}

export class ConsentAnswerQuery {
  @TextField({ description: 'What we sent along.', example: '8Q2n', optional: true, max: 500 })
  state?: string;

  @TextField({ description: 'What the person’s consent is exchanged for.', example: 'c0d3', optional: true, max: 4000 })
  code?: string;

  @TextField({ description: 'The company, where the answer names it.', example: '123146', optional: true, max: 100 })
  realmId?: string;

  @TextField({ description: 'What was consented to.', example: 'accounting', optional: true, max: 1000 })
  scope?: string;

  @TextField({ description: 'Of the provider’s own.', example: 'Xk1', optional: true, max: 500 })
  session_state?: string;

  @TextField({ description: 'Why nothing was consented to.', example: 'access_denied', optional: true, max: 500 })
  error?: string;

  @TextField({ description: 'The same in words.', example: 'The user said no', optional: true, max: 1000 })
  error_description?: string;
}
