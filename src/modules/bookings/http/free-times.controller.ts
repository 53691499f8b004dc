import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../platform/auth/actor.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { Requires } from '../../identity/index.js';
import { LessonTypeNotFound } from '../../schools/index.js';
import { StudentNotFound } from '../../students/index.js';
import type { FreeTime } from '../domain/calendar/free-times.js';
import { RangeInvalid, StaffBooksThis, UnknownReference } from '../domain/errors.js';
import { FindFreeTimes } from '../queries/find-free-times.js';
import { FreeTimeDto, FreeTimesQuery } from './free-time.dto.js';

@Controller('v1/schools/:schoolId/free-times')
@ApiTags('Bookings')
export class FreeTimesController {
  constructor(private readonly freeTimes: FindFreeTimes) {}

  @Get()
  @Requires('availability.read')
  @Operation({
    id: 'findFreeTimes',
    summary: 'Find times at which a lesson can be booked',
    description:
      'Teacher, student, vehicle, trailer and a place of the facility, as the lesson needs them, are all free then, setup, buffer and the way to it included; the ones named leave the fewest holes. Every quarter hour at which the lesson can start, soonest first.',
    ok: PageOf(FreeTimeDto),
    problems: [
      StaffBooksThis,
      LessonTypeNotFound,
      StudentNotFound,
      new RangeInvalid(31),
      new UnknownReference('teacherId'),
    ],
  })
  findFreeTimes(@CurrentActor() actor: Actor, @Query() query: FreeTimesQuery): Promise<Page<FreeTime>> {
    return this.freeTimes.execute(actor, query);
  }
}
