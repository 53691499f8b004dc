import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AlwaysAdmitted } from '../../../../platform/auth/always-admitted.js';
import { type Actor, CurrentActor, type PersonActor } from '../../../../platform/auth/actor.js';
import { AnswerNotStored } from '../../../../platform/http/idempotency/answer-not-stored.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import { RateLimit } from '../../../../platform/http/rate-limit/rate-limit.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { TeacherNotFound, VehicleNotFound } from '../../../schools/index.js';
import { StudentNotFound } from '../../../students/index.js';
import { CalendarNotYours, FeedNotFound, InitialsOnly, WhoseCalendar } from '../domain/feed-problems.js';
import type { OpenedFeed } from '../queries/feed-addresses.js';
import { FeedList, type FeedView } from '../queries/feed-list.js';
import { CloseCalendarFeed } from '../use-cases/close-calendar-feed.js';
import { OpenCalendarFeed } from '../use-cases/open-calendar-feed.js';
import { RotateCalendarFeed } from '../use-cases/rotate-calendar-feed.js';
import {
  CalendarFeedDto,
  CalendarFeedListQuery,
  OpenCalendarFeedDto,
  OpenedCalendarFeedDto,
} from './calendar-feed.dto.js';

/** Its permission is no API key's: a feed is a person's. */
@Controller('v1/schools/:schoolId/calendar-feeds')
@ApiTags('Calendar feeds')
@Requires('calendar_feed.manage')
export class CalendarFeedsController {
  constructor(
    private readonly openFeed: OpenCalendarFeed,
    private readonly rotateFeed: RotateCalendarFeed,
    private readonly closeFeed: CloseCalendarFeed,
    private readonly feeds: FeedList,
  ) {}

  @Post()
  @AnswerNotStored('it holds the secret address')
  @RateLimit({ name: 'calendar-feeds', points: 20, seconds: 60, by: 'caller' })
  @Operation({
    id: 'openCalendarFeed',
    summary: 'Subscribe to a calendar',
    description:
      'Answers with a secret address for Google, Apple, Outlook and other calendars. Teachers, students and guardians subscribe to ' +
      'their own and their wards’ lessons, the office to anybody’s. It shows no more than its owner may see, and nothing once he ' +
      'has left the school. The address is in this answer alone.',
    ok: OpenedCalendarFeedDto,
    status: 201,
    problems: [
      CalendarNotYours,
      TeacherNotFound,
      StudentNotFound,
      VehicleNotFound,
      new WhoseCalendar('vehicleId'),
      InitialsOnly,
    ],
  })
  open(@CurrentActor() actor: Actor, @Body() body: OpenCalendarFeedDto): Promise<OpenedFeed> {
    return this.openFeed.execute(actor as PersonActor, body);
  }

  @Get()
  @Operation({
    id: 'listCalendarFeeds',
    summary: 'List calendar feeds',
    description: 'To the office all of the school’s, to everybody else his own. Their addresses are not shown again.',
    ok: PageOf(CalendarFeedDto),
  })
  list(@CurrentActor() actor: Actor, @Query() query: CalendarFeedListQuery): Promise<Page<FeedView>> {
    return this.feeds.list(actor, query);
  }

  @Post(':feedId/rotate')
  @AnswerNotStored('it holds the secret address')
  @Operation({
    id: 'rotateCalendarFeed',
    summary: 'Give a calendar feed a new address',
    description: 'One’s own alone. The old address shows nothing from then on; subscribe again with the new one.',
    ok: OpenedCalendarFeedDto,
    problems: [FeedNotFound],
  })
  rotate(@CurrentActor() actor: Actor, @IdParam('feedId') feedId: Id): Promise<OpenedFeed> {
    return this.rotateFeed.execute(actor as PersonActor, feedId);
  }

  @Delete(':feedId')
  @AlwaysAdmitted('whoever must not get in any more is kept out')
  @Operation({
    id: 'closeCalendarFeed',
    summary: 'End a calendar feed',
    description: 'One’s own; the office ends anybody’s. Its address shows nothing from then on.',
    problems: [FeedNotFound],
  })
  close(@CurrentActor() actor: Actor, @IdParam('feedId') feedId: Id): Promise<void> {
    return this.closeFeed.execute(actor, feedId);
  }
}
