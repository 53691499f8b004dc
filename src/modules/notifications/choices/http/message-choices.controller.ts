import { Body, Controller, Get, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, type PersonActor } from '../../../../platform/auth/actor.js';
import { Conditional } from '../../../../platform/http/conditional/conditional.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { StudentNotFound } from '../../../students/index.js';
import { NoChannelLeft, SourceNotYours, TopicTwice, WordingUnknown } from '../domain/choice-problems.js';
import { MessageChoices, type MessageChoicesView } from '../queries/message-choices.js';
import type { ConsentView } from '../queries/standing-consents.js';
import { ChooseTopics } from '../use-cases/choose-topics.js';
import { WhoseChoices } from '../use-cases/whose-choices.js';
import {
  ChooseTopicsDto,
  ConsentDto,
  DecideConsentDto,
  ListConsentsQuery,
  MessageChoicesDto,
} from './message-choice.dto.js';

const choosing = [new NoChannelLeft('lessons', 'one_channel'), new TopicTwice('news')];

@Controller('v1/schools/:schoolId')
@ApiTags('Messages')
export class MessageChoicesController {
  constructor(
    private readonly choices: MessageChoices,
    private readonly chooseTopics: ChooseTopics,
    private readonly whose: WhoseChoices,
  ) {}

  @Get('me/message-preferences')
  @Requires('message_preference.own')
  @Operation({
    id: 'getMyMessagePreferences',
    summary: 'How do I hear from this school?',
    description: 'Topics and channels, advertisements, and what keeps messages from me, such as my own STOP.',
    ok: MessageChoicesDto,
  })
  mine(@IdParam('schoolId') _schoolId: Id, @CurrentActor() { userId }: PersonActor): Promise<MessageChoicesView> {
    return this.choices.of(userId);
  }

  @Put('me/message-preferences')
  @Conditional()
  @Requires('message_preference.own')
  @Operation({
    id: 'chooseMyMessageTopics',
    summary: 'Choose how I hear of what',
    description:
      'A topic that is not named is on. What must stay on is in `mustKeep`; messages about my account always come.',
    ok: MessageChoicesDto,
    problems: choosing,
  })
  choose(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() { userId }: PersonActor,
    @Body() { topics }: ChooseTopicsDto,
  ): Promise<MessageChoicesView> {
    return this.chooseTopics.execute(userId, topics);
  }

  @Post('me/consents')
  @Requires('message_preference.own')
  @Operation({
    id: 'decideMyConsent',
    summary: 'Agree to advertisements, or not any more',
    description: 'Each decision is kept with its time, its source and the text that was shown; the latest stands.',
    status: 201,
    ok: ConsentDto,
    problems: [WordingUnknown, new SourceNotYours(false)],
  })
  decideMine(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() { userId }: PersonActor,
    @Body() body: DecideConsentDto,
  ): Promise<ConsentView> {
    return this.whose.decideOwn(userId, body);
  }

  @Get('students/:studentId/message-preferences')
  @Requires('message_preference.read')
  @Operation({
    id: 'getMessagePreferences',
    summary: 'How does a student hear from the school?',
    description: 'For staff, the student and his guardians.',
    ok: MessageChoicesDto,
    problems: [StudentNotFound],
  })
  read(@CurrentActor() actor: Actor, @IdParam('studentId') studentId: Id): Promise<MessageChoicesView> {
    return this.whose.read(actor, studentId);
  }

  @Put('students/:studentId/message-preferences')
  @Conditional()
  @Requires('message_preference.choose')
  @Operation({
    id: 'chooseMessageTopics',
    summary: 'Choose how a student hears of what',
    description: 'By himself or his guardian. A topic that is not named is on.',
    ok: MessageChoicesDto,
    problems: [StudentNotFound, ...choosing],
  })
  chooseFor(
    @CurrentActor() actor: Actor,
    @IdParam('studentId') studentId: Id,
    @Body() { topics }: ChooseTopicsDto,
  ): Promise<MessageChoicesView> {
    return this.whose.choose(actor, studentId, topics);
  }

  @Get('students/:studentId/consents')
  @Requires('message_preference.read')
  @Operation({
    id: 'listConsents',
    summary: 'What has a student agreed to, and when?',
    description: 'Every decision about advertisements, the latest first. Nothing is ever changed or taken out.',
    ok: PageOf(ConsentDto),
    problems: [StudentNotFound],
  })
  history(
    @CurrentActor() actor: Actor,
    @IdParam('studentId') studentId: Id,
    @Query() query: ListConsentsQuery,
  ): Promise<Page<ConsentView>> {
    return this.whose.history(actor, studentId, query);
  }

  @Post('students/:studentId/consents')
  @Requires('consent.record')
  @Operation({
    id: 'recordConsent',
    summary: 'Write down a student’s decision about advertisements',
    description: 'By the office from paper or a form, or by his guardian. The latest decision stands.',
    status: 201,
    ok: ConsentDto,
    problems: [StudentNotFound, WordingUnknown, new SourceNotYours(true)],
  })
  record(
    @CurrentActor() actor: Actor,
    @IdParam('studentId') studentId: Id,
    @Body() body: DecideConsentDto,
  ): Promise<ConsentView> {
    return this.whose.decide(actor, studentId, body);
  }
}
