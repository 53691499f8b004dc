import { Body, Controller, Get, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, type PersonActor } from '../../../../platform/auth/actor.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import { RateLimit } from '../../../../platform/http/rate-limit/rate-limit.js';
import { LastEventId, ServesEvents } from '../../../../platform/http/sse.js';
import { LiveNewsAway } from '../../../../platform/live/live-topics.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { InboxItemNotFound } from '../domain/inbox-problems.js';
import type { InboxItem } from '../queries/inbox-words.js';
import { OwnInbox } from '../queries/own-inbox.js';
import { ReadInboxItems } from '../use-cases/read-inbox-items.js';
import { InboxItemDto, InboxQuery, InboxSummaryDto, ReadInboxDto } from './inbox.dto.js';

/** Its permission is no API key's: an inbox is a person's. */
@Controller('v1/schools/:schoolId/inbox')
@ApiTags('Inbox')
@Requires('inbox.read')
export class InboxController {
  constructor(
    private readonly inbox: OwnInbox,
    private readonly reading: ReadInboxItems,
  ) {}

  @Get()
  @Operation({
    id: 'listInbox',
    summary: 'What one has been told',
    description:
      'One’s own alone, newest first, in one’s language. What is in it does not depend on which e-mails and text messages one wants.',
    ok: PageOf(InboxItemDto),
  })
  list(@CurrentActor() actor: Actor, @Query() query: InboxQuery): Promise<Page<InboxItem>> {
    return this.inbox.list(actor as PersonActor, query);
  }

  @Get('summary')
  @Operation({
    id: 'getInboxSummary',
    summary: 'How much of one’s inbox is new',
    description: 'For the number on a bell; `followInbox` tells how it changes.',
    ok: InboxSummaryDto,
  })
  summary(@CurrentActor() actor: Actor): Promise<InboxSummaryDto> {
    return this.inbox.summary(actor as PersonActor);
  }

  @Post('read')
  @Operation({
    id: 'readInbox',
    summary: 'Mark as read up to an item',
    description: 'That item and all before it. What came after it stays unread.',
    status: 204,
    problems: [InboxItemNotFound],
  })
  readAll(@CurrentActor() actor: Actor, @Body() { upTo }: ReadInboxDto): Promise<void> {
    return this.reading.upTo(actor as PersonActor, upTo);
  }

  @Post(':inboxItemId/read')
  @Operation({
    id: 'readInboxItem',
    summary: 'Mark an item as read',
    description: 'One that was read before keeps its time.',
    status: 204,
    problems: [InboxItemNotFound],
  })
  read(@CurrentActor() actor: Actor, @IdParam('inboxItemId') itemId: Id): Promise<void> {
    return this.reading.one(actor as PersonActor, itemId);
  }

  @Get('events')
  @ServesEvents()
  @RateLimit({ name: 'inbox-events', points: 30, seconds: 60, by: 'caller' })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The id of the last event that was heard: what came after it is told first.',
    schema: { type: 'string' },
  })
  @Operation({
    id: 'followInbox',
    summary: 'Follow one’s inbox',
    description:
      'Server-sent events: `ready`, then `added` with `id`, `kind`, `subject`, `subjectId`, `createdAt` and `unread`, and `read` with `unread`, ' +
      'as JSON. An event may come twice: know an item by its `id`. Come back with `Last-Event-ID` and nothing is lost; `reset` means that ' +
      'something may be: read the inbox again. The stream closes after a minute; open it again.',
    file: 'text/event-stream',
    problems: [new LiveNewsAway(undefined)],
  })
  follow(@CurrentActor() actor: Actor, @LastEventId() lastEventId?: string): Promise<StreamableFile> {
    return this.inbox.follow(actor as PersonActor, lastEventId);
  }
}
