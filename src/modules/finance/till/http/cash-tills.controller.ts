import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { Requires } from '../../../identity/index.js';
import { AmountNotPositive, WrongCurrency } from '../../domain/errors.js';
import {
  AmountNegative,
  CashSessionNotFound,
  CashTillNotFound,
  NotSoMuchInTill,
  TillAlreadyOpen,
  TillClosed,
} from '../domain/till-problems.js';
import {
  type CashMovementView,
  CashSessions,
  type CashSessionView,
  type CashTillView,
} from '../queries/cash-sessions.js';
import { AddTill } from '../use-cases/add-till.js';
import { BankCash } from '../use-cases/bank-cash.js';
import { CloseTill } from '../use-cases/close-till.js';
import { OpenTill } from '../use-cases/open-till.js';
import {
  AddTillDto,
  BankCashDto,
  CashMovementDto,
  CashMovementListQuery,
  CashSessionDto,
  CashSessionListQuery,
  CashTillDto,
  CashTillListQuery,
  CloseTillDto,
  OpenTillDto,
} from './cash-till.dto.js';

@Controller('v1/schools/:schoolId')
@ApiTags('Tills')
export class CashTillsController {
  constructor(
    private readonly addTill: AddTill,
    private readonly openTill: OpenTill,
    private readonly closeTill: CloseTill,
    private readonly bankCash: BankCash,
    private readonly sessions: CashSessions,
  ) {}

  @Post('cash-tills')
  @Requires('till.use')
  @Operation({
    id: 'addTill',
    summary: 'Add a till',
    description: 'A box of notes and coins, which is opened with a float and counted when it closes.',
    ok: CashTillDto,
    status: 201,
  })
  async add(@IdParam('schoolId') _schoolId: Id, @Body() { name }: AddTillDto): Promise<CashTillView> {
    return { id: await this.addTill.execute(name), name, openSessionId: null };
  }

  @Get('cash-tills')
  @Requires('till.use')
  @Operation({
    id: 'listTills',
    summary: 'List tills',
    description: 'Each with its open session.',
    ok: PageOf(CashTillDto),
  })
  tills(@IdParam('schoolId') _schoolId: Id, @Query() query: CashTillListQuery): Promise<Page<CashTillView>> {
    return this.sessions.tills(query);
  }

  @Post('cash-tills/:tillId/sessions')
  @Requires('till.use')
  @Operation({
    id: 'openTill',
    summary: 'Open a till',
    description:
      'Cash that somebody records goes into the till that he has opened, else into the only open one of the school; where there are several and none is his, into none.',
    ok: CashSessionDto,
    status: 201,
    problems: [CashTillNotFound, TillAlreadyOpen, new WrongCurrency('DKK'), new AmountNegative('float')],
  })
  async open(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('tillId') tillId: Id,
    @Body() { float }: OpenTillDto,
  ): Promise<CashSessionView> {
    return this.sessions.get(await this.openTill.execute(actor, tillId, Money.of(float.amount, float.currency)));
  }

  @Get('cash-sessions')
  @Requires('till.use')
  @Operation({
    id: 'listCashSessions',
    summary: 'List how tills were opened and counted, newest first',
    description: 'What was in each, what went through it, and what was counted.',
    ok: PageOf(CashSessionDto),
  })
  list(@IdParam('schoolId') _schoolId: Id, @Query() query: CashSessionListQuery): Promise<Page<CashSessionView>> {
    return this.sessions.list(query);
  }

  @Get('cash-sessions/:cashSessionId')
  @Requires('till.use')
  @Operation({
    id: 'getCashSession',
    summary: 'Read the report of a till',
    description: 'From its opening until it was counted, or until now.',
    ok: CashSessionDto,
    problems: [CashSessionNotFound],
  })
  get(@IdParam('schoolId') _schoolId: Id, @IdParam('cashSessionId') cashSessionId: Id): Promise<CashSessionView> {
    return this.sessions.get(cashSessionId);
  }

  @Get('cash-sessions/:cashSessionId/movements')
  @Requires('till.use')
  @Operation({
    id: 'listCashMovements',
    summary: 'List what went into a till and out of it',
    description: 'Payments, reversals, refunds and money taken to the bank, in their order.',
    ok: PageOf(CashMovementDto),
    problems: [CashSessionNotFound],
  })
  movements(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('cashSessionId') cashSessionId: Id,
    @Query() query: CashMovementListQuery,
  ): Promise<Page<CashMovementView>> {
    return this.sessions.movements(cashSessionId, query);
  }

  @Post('cash-sessions/:cashSessionId/bankings')
  @Requires('till.use')
  @Operation({
    id: 'bankCash',
    summary: 'Take money out of a till to the bank',
    description: 'No more than should be in it.',
    ok: CashSessionDto,
    problems: [
      CashSessionNotFound,
      TillClosed,
      new WrongCurrency('DKK'),
      new AmountNotPositive('amount'),
      new NotSoMuchInTill(Money.of(65_000, 'DKK')),
    ],
  })
  async bank(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('cashSessionId') cashSessionId: Id,
    @Body() { amount }: BankCashDto,
  ): Promise<CashSessionView> {
    await this.bankCash.execute(cashSessionId, Money.of(amount.amount, amount.currency));
    return this.sessions.get(cashSessionId);
  }

  @Post('cash-sessions/:cashSessionId/close')
  @Requires('till.use')
  @Operation({
    id: 'closeTill',
    summary: 'Count and close a till',
    description: 'What is too much or too little in it is booked as a cash difference.',
    ok: CashSessionDto,
    problems: [CashSessionNotFound, TillClosed, new WrongCurrency('DKK'), new AmountNegative('counted')],
  })
  async close(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('cashSessionId') cashSessionId: Id,
    @Body() body: CloseTillDto,
  ): Promise<CashSessionView> {
    await this.closeTill.execute(actor, cashSessionId, body.toCount());
    return this.sessions.get(cashSessionId);
  }
}
