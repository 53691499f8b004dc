import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, type Actor } from '../../../platform/auth/actor.js';
import { Operation } from '../../../platform/http/operation.js';
import { PageOf, type Page } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
import { StudentNotFound } from '../../students/index.js';
import { MessageNotFound } from '../domain/message-problems.js';
import type { MessageRow } from '../queries/message-log.js';
import { ReadMessages } from '../use-cases/read-messages.js';
import { ListMessagesQuery, MessageDto } from './message.dto.js';

@Controller('v1/schools/:schoolId/messages')
@ApiTags('Messages')
export class MessagesController {
  constructor(private readonly messages: ReadMessages) {}

  @Get()
  @Requires('message.read')
  @Operation({
    id: 'listMessages',
    summary: 'The delivery log',
    description:
      'E-mails and text messages, newest first, with what became of each. Staff see the school’s, everybody else his own and his wards’.',
    ok: PageOf(MessageDto),
    problems: [StudentNotFound],
  })
  list(@CurrentActor() actor: Actor, @Query() query: ListMessagesQuery): Promise<Page<MessageRow>> {
    return this.messages.list(actor, query);
  }

  @Get(':messageId')
  @Requires('message.read')
  @Operation({
    id: 'getMessage',
    summary: 'One message and what became of it',
    description:
      'Its text as sent, its state, and why it failed when it did. People see their own, staff the school’s.',
    ok: MessageDto,
    problems: [MessageNotFound],
  })
  get(@CurrentActor() actor: Actor, @IdParam('messageId') messageId: Id): Promise<MessageRow> {
    return this.messages.one(actor, messageId);
  }
}
