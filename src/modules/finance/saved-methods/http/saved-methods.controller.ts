import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { AsksOutside } from '../../../../platform/http/idempotency/own-transactions.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import { Uncounted } from '../../../../platform/http/rate-limit/limit-problems.js';
import { RateLimit } from '../../../../platform/http/rate-limit/rate-limit.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { StudentNotFound } from '../../../students/index.js';
import { CheckoutRejected, GatewayUnclear } from '../../domain/errors.js';
import { MethodsNotSupported, SavedMethodNotFound } from '../../domain/gateway-errors.js';
import { paymentLimit } from '../../http/payment-limit.js';
import { MethodReader, type SavedMethodView } from '../queries/method-reader.js';
import { RemoveMethod } from '../use-cases/remove-method.js';
import { type MethodPage, SaveMethod } from '../use-cases/save-method.js';
import { MethodPageDto, SavedMethodDto, SavedMethodListQuery, SaveMethodDto } from './saved-method.dto.js';

@Controller('v1/schools/:schoolId/students/:studentId/payment-methods')
@ApiTags('Saved cards')
export class SavedMethodsController {
  constructor(
    private readonly methods: MethodReader,
    private readonly saveMethod: SaveMethod,
    private readonly removeMethod: RemoveMethod,
  ) {}

  @Get()
  @Requires('payment_method.read')
  @Operation({
    id: 'listSavedMethods',
    summary: 'List the cards a student has saved',
    description: 'Newest first: those that may be charged. A student sees his own alone.',
    ok: PageOf(SavedMethodDto),
    problems: [StudentNotFound],
  })
  list(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('studentId') studentId: Id,
    @Query() query: SavedMethodListQuery,
  ): Promise<Page<SavedMethodView>> {
    return this.methods.list(actor, studentId, query);
  }

  @Post()
  @RateLimit(paymentLimit('save-method'))
  @Requires('payment_method.save')
  @AsksOutside('the consent is committed before the gateway is asked for its page')
  @Operation({
    id: 'saveMethod',
    summary: 'Start saving a card',
    description:
      'The consent is recorded with who gave it and when. Answers the provider’s own page; the card may be charged once the provider has told us of it.',
    ok: MethodPageDto,
    status: 201,
    problems: [StudentNotFound, MethodsNotSupported, CheckoutRejected, GatewayUnclear, Uncounted],
  })
  save(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('studentId') studentId: Id,
    @Body() { locale }: SaveMethodDto,
  ): Promise<MethodPage> {
    return this.saveMethod.execute(actor, studentId, locale);
  }

  @Delete(':methodId')
  @Requires('payment_method.remove')
  @Operation({
    id: 'removeMethod',
    summary: 'Remove a saved card',
    description: 'Takes the consent back: the card is charged no more. Removing it again does nothing.',
    problems: [StudentNotFound, SavedMethodNotFound],
  })
  remove(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('studentId') studentId: Id,
    @IdParam('methodId') methodId: Id,
  ): Promise<void> {
    return this.removeMethod.execute(actor, studentId, methodId);
  }
}
