import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import { IdField } from '../../../../platform/http/fields.js';
import { Operation } from '../../../../platform/http/operation.js';
import { IdParam } from '../../../../platform/http/params.js';
import { RateLimit } from '../../../../platform/http/rate-limit/rate-limit.js';
import { LastEventId, ServesEvents } from '../../../../platform/http/sse.js';
import { LiveNewsAway } from '../../../../platform/live/live-topics.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { TeacherNotFound } from '../../../schools/index.js';
import { FollowDiary } from '../queries/follow-diary.js';

export class DiaryEventsQuery {
  @IdField({ description: 'What concerns this teacher alone, or did until now.', optional: true })
  teacherId?: Id;
}

@Controller('v1/schools/:schoolId/diary')
@ApiTags('Bookings')
export class DiaryEventsController {
  constructor(private readonly followDiary: FollowDiary) {}

  @Get('events')
  @Requires('diary.follow')
  @ServesEvents()
  @RateLimit({ name: 'diary-events', points: 30, seconds: 60, by: 'caller' })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The id of the last event that was heard: what came after it is told first.',
    schema: { type: 'string' },
  })
  @Operation({
    id: 'followDiary',
    summary: 'Follow the diary',
    description:
      'Server-sent events: `ready`, then `created`, `moved`, `cancelled`, `completed`, `no_show`, `held` and `hold_ended` as they happen, each with `eventId`, ' +
      '`kind`, `id`, `version`, `state`, `startsAt`, `endsAt`, `teacherId`, `studentId`, `vehicleId` and `previous` as JSON. An event ' +
      'may come twice: know it by `eventId` and `id`, and take none whose `version` is lower than what you have. Come back with `Last-Event-ID` ' +
      'and nothing is lost; `reset` means that something may be: read the diary again. The stream closes after a minute; open it again.',
    file: 'text/event-stream',
    problems: [TeacherNotFound, new LiveNewsAway(undefined)],
  })
  follow(
    @IdParam('schoolId') _schoolId: Id,
    @Query() { teacherId }: DiaryEventsQuery,
    @LastEventId() lastEventId?: string,
  ): Promise<StreamableFile> {
    return this.followDiary.execute(teacherId, lastEventId);
  }
}
