import { Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, type Actor } from '../../../platform/auth/actor.js';
import { Operation } from '../../../platform/http/operation.js';
import { PageOf, type Page } from '../../../platform/http/paging.js';
import { OwnTransactions } from '../../../platform/http/idempotency/own-transactions.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
import { StudentNotFound } from '../../students/index.js';
import {
  MessageNotFound,
  MessageNotRetryable,
  MessageOvertaken,
  MessageRetried,
  NoObstacle,
  NoWayThere,
  ObstacleStands,
} from '../domain/message-problems.js';
import type { MessageRow } from '../queries/message-log.js';
import type { Obstacle } from '../queries/obstacles.js';
import { ReadMessages } from '../use-cases/read-messages.js';
import { RecipientObstacle } from '../use-cases/recipient-obstacle.js';
import { RetryMessage } from '../use-cases/retry-message.js';
import { ListMessagesQuery, MessageDto, ObstacleDto } from './message.dto.js';

@Controller('v1/schools/:schoolId/messages')
@ApiTags('Messages')
export class MessagesController {
  constructor(
    private readonly messages: ReadMessages,
    private readonly obstacle: RecipientObstacle,
    private readonly retryMessage: RetryMessage,
  ) {}

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

  @Post(':messageId/retries')
  @OwnTransactions('what it would say is looked up, files and all, before the message is made; a second one is refused')
  @Requires('message.retry')
  @Operation({
    id: 'retryMessage',
    summary: 'Send a message once more',
    description:
      'For one that failed, was rejected, bounced or was dropped, after what stood in its way is mended. It becomes a new message, ' +
      'with what is true now, to the address the person has now. Each message is sent once more at most: go on from the new one.',
    ok: MessageDto,
    status: 201,
    problems: [
      MessageNotFound,
      new MessageNotRetryable('delivered'),
      new MessageRetried('019aa1b2-7c00-7000-8000-000000000001' as Id),
      NoWayThere,
      new ObstacleStands('hard_bounce'),
      new MessageOvertaken('the lesson was cancelled before the message went out'),
    ],
  })
  retry(@CurrentActor() actor: Actor, @IdParam('messageId') messageId: Id): Promise<MessageRow> {
    return this.retryMessage.execute(actor, messageId);
  }

  @Get(':messageId/obstacle')
  @Requires('message.read')
  @Operation({
    id: 'getRecipientObstacle',
    summary: 'What keeps messages from whom this one is for',
    description:
      'The mailbox or number does not exist, its reader has called a message spam, or has answered STOP: then nothing more goes there on this channel.',
    ok: ObstacleDto,
    problems: [MessageNotFound, NoObstacle],
  })
  getObstacle(@CurrentActor() actor: Actor, @IdParam('messageId') messageId: Id): Promise<Obstacle> {
    return this.obstacle.read(actor, messageId);
  }

  @Delete(':messageId/obstacle')
  @Requires('message.unblock')
  @Operation({
    id: 'liftRecipientObstacle',
    summary: 'Write to that address again',
    description:
      'For a mailbox that works again, or somebody who has asked for it. It counts for later messages, of every school. SparkPost, SendGrid and Mailgun take the address off their own lists as well; who has answered STOP at Twilio has to answer START.',
    status: 204,
    problems: [MessageNotFound, NoObstacle],
  })
  liftObstacle(@CurrentActor() actor: Actor, @IdParam('messageId') messageId: Id): Promise<void> {
    return this.obstacle.lift(actor, messageId);
  }
}
