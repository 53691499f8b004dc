import { Body, Controller, Delete, Get, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../platform/auth/actor.js';
import { Conditional } from '../../../platform/http/conditional/conditional.js';
import { OwnTransactions } from '../../../platform/http/idempotency/own-transactions.js';
import { Operation } from '../../../platform/http/operation.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
import {
  BooksCompanyUnknown,
  BooksConnectedAlready,
  BooksCurrencyDiffers,
  BooksNotConnected,
  BooksProviderUnknown,
  BooksRefused,
  BooksTokenMissing,
  BooksUnavailable,
  SyncBeginsInClosedPeriod,
  SyncHasBegun,
  SyncModeNotOffered,
} from '../domain/accounting-problems.js';
import { BooksChart } from '../queries/books-chart.js';
import { type BooksConnectionView, ConnectionReader } from '../queries/connection-reader.js';
import { ConfigureSync, type SyncSettings } from '../use-cases/configure-sync.js';
import { ConnectBooks } from '../use-cases/connect-books.js';
import { DisconnectBooks } from '../use-cases/disconnect-books.js';
import { MapAccounts } from '../use-cases/map-accounts.js';
import {
  BeginConsentDto,
  BooksChartDto,
  BooksCompanyDto,
  BooksConnectionDto,
  BooksSystemsDto,
  ChooseCompanyDto,
  ConnectBooksDto,
  ConsentPageDto,
  MappingsDto,
  NamedMappingsDto,
  SyncSettingsDto,
} from './accounting.dto.js';

@Controller('v1/schools/:schoolId/accounting')
@ApiTags('Accounting')
export class BooksConnectionController {
  constructor(
    private readonly reader: ConnectionReader,
    private readonly connectBooks: ConnectBooks,
    private readonly disconnectBooks: DisconnectBooks,
    private readonly configureSync: ConfigureSync,
    private readonly mapAccounts: MapAccounts,
    private readonly chart: BooksChart,
  ) {}

  @Get('systems')
  @Requires('accounting.read')
  @Operation({
    id: 'listBooksSystems',
    summary: 'List the bookkeeping systems',
    description: 'Those that are set up here, and how each is connected.',
    ok: BooksSystemsDto,
  })
  systems(@IdParam('schoolId') _schoolId: Id): BooksSystemsDto {
    return { systems: this.reader.systems() };
  }

  @Get('connection')
  @Requires('accounting.read')
  @Operation({
    id: 'getBooksConnection',
    summary: 'Read how the bookkeeping is connected',
    description: 'With its last and next turn, and how much is booked, waits or has failed. Secrets are never shown.',
    ok: BooksConnectionDto,
  })
  connection(@IdParam('schoolId') _schoolId: Id): Promise<BooksConnectionView> {
    return this.reader.read();
  }

  @Post('connection')
  @OwnTransactions('the books are asked who they are before anything is kept; a repeat finds them connected')
  @Requires('accounting.configure')
  @Operation({
    id: 'connectBooks',
    summary: 'Connect the bookkeeping',
    description:
      'By a token, or at once. Nothing is sent until that is turned on. Books that were connected before go on where they were.',
    ok: BooksConnectionDto,
    status: 201,
    problems: [
      BooksProviderUnknown,
      BooksTokenMissing,
      BooksConnectedAlready,
      BooksCurrencyDiffers,
      BooksRefused,
      BooksUnavailable,
    ],
  })
  async connect(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @Body() { provider, token }: ConnectBooksDto,
  ): Promise<BooksConnectionView> {
    await this.connectBooks.execute(actor, provider, token ?? null);
    return this.reader.read();
  }

  @Post('connection/consent')
  @OwnTransactions('the consent is kept before its address is given out; a repeat begins another one')
  @Requires('accounting.configure')
  @Operation({
    id: 'beginBooksConsent',
    summary: 'Begin to connect the bookkeeping on its own page',
    description: 'The person agrees there and comes back to a page of ours; the connection says what came of it.',
    ok: ConsentPageDto,
    status: 201,
    problems: [BooksProviderUnknown, BooksConnectedAlready],
  })
  async consent(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @Body() { provider }: BeginConsentDto,
  ): Promise<ConsentPageDto> {
    return { url: await this.connectBooks.beginConsent(actor, provider) };
  }

  @Post('connection/company')
  @OwnTransactions('the chosen books’ accounts are read after the choice is kept; a repeat finds it made')
  @Requires('accounting.configure')
  @Operation({
    id: 'chooseBooksCompany',
    summary: 'Choose the company whose books they are',
    description: 'Where the person has let us into several.',
    ok: BooksConnectionDto,
    problems: [BooksNotConnected, BooksCompanyUnknown],
    status: 200,
  })
  async choose(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @Body() { company }: ChooseCompanyDto,
  ): Promise<BooksConnectionView> {
    await this.connectBooks.choose(actor, company);
    return this.reader.read();
  }

  @Post('connection/test')
  @OwnTransactions('asks the books who they are and keeps nothing')
  @Requires('accounting.configure')
  @Operation({
    id: 'testBooksConnection',
    summary: 'Ask the books who they are',
    description: 'Shows that we are still let in.',
    ok: BooksCompanyDto,
    problems: [BooksNotConnected, BooksRefused, BooksUnavailable],
    status: 200,
  })
  test(@IdParam('schoolId') _schoolId: Id): Promise<BooksCompanyDto> {
    return this.chart.company();
  }

  @Delete('connection')
  @Requires('accounting.configure')
  @Operation({
    id: 'disconnectBooks',
    summary: 'Disconnect the bookkeeping',
    description:
      'Our access is given back. What was sent stays known, for the day that the same books are connected again.',
    problems: [BooksNotConnected],
  })
  disconnect(@IdParam('schoolId') _schoolId: Id): Promise<void> {
    return this.disconnectBooks.execute();
  }

  @Get('settings')
  @Requires('accounting.read')
  @Operation({
    id: 'getBooksSettings',
    summary: 'Read what is sent to the books, and how often',
    description: 'Of the books that are connected.',
    ok: SyncSettingsDto,
    problems: [BooksNotConnected],
  })
  settings(@IdParam('schoolId') _schoolId: Id): Promise<SyncSettings> {
    return this.configureSync.read();
  }

  @Put('settings')
  @Conditional()
  @Requires('accounting.configure')
  @Operation({
    id: 'updateBooksSettings',
    summary: 'Say what is sent to the books, and how often',
    description: 'Once something has been sent, the mode, the period and the first day stay as they are.',
    ok: SyncSettingsDto,
    problems: [BooksNotConnected, SyncModeNotOffered, SyncBeginsInClosedPeriod, SyncHasBegun],
  })
  configure(@IdParam('schoolId') _schoolId: Id, @Body() body: SyncSettingsDto): Promise<SyncSettings> {
    return this.configureSync.execute(body);
  }

  @Get('mappings')
  @Requires('accounting.read')
  @Operation({
    id: 'getBooksMappings',
    summary: 'Read what the books call our accounts and VAT rates',
    description: 'Filled in from the books’ own accounts when they were connected, as far as that could be told.',
    ok: NamedMappingsDto,
    problems: [BooksNotConnected],
  })
  mappings(@IdParam('schoolId') _schoolId: Id): Promise<NamedMappingsDto> {
    return this.mapAccounts.read();
  }

  @Put('mappings')
  @Conditional()
  @Requires('accounting.configure')
  @Operation({
    id: 'updateBooksMappings',
    summary: 'Say what the books call our accounts, VAT rates and products',
    description: 'Counts for what is sent from now on, also for what could not be sent without it.',
    ok: NamedMappingsDto,
    problems: [BooksNotConnected],
  })
  map(@IdParam('schoolId') _schoolId: Id, @Body() { mappings }: MappingsDto): Promise<NamedMappingsDto> {
    return this.mapAccounts.execute(mappings);
  }

  @Get('chart')
  @Requires('accounting.read')
  @Operation({
    id: 'getBooksChart',
    summary: 'Read the accounts and VAT codes in the books',
    description: 'Asked of the bookkeeping system itself.',
    ok: BooksChartDto,
    problems: [BooksNotConnected, BooksRefused, BooksUnavailable],
  })
  accounts(@IdParam('schoolId') _schoolId: Id): Promise<BooksChartDto> {
    return this.chart.read();
  }
}
