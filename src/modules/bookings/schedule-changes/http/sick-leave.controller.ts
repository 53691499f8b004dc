import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { Operation } from '../../../../platform/http/operation.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { HoursInThePast, NotYourSchedule, TeacherNotFound } from '../../../schools/index.js';
import { type SickLeave, TakeSickLeave } from '../use-cases/take-sick-leave.js';
import { SickLeaveDto, TakeSickLeaveDto } from './schedule-change.dto.js';

@Controller('v1/schools/:schoolId')
@ApiTags('Schedules')
export class SickLeaveController {
  constructor(private readonly fallingSick: TakeSickLeave) {}

  @Post('teachers/:teacherId/sick-leave')
  @Requires('schedule.manage')
  @Operation({
    id: 'takeSickLeave',
    summary: 'Take a sick teacher out of the diary from now on',
    description:
      'Until the end of today, or of another day. Answers the lessons that fall into it, and where each could go. The office does it for everybody, a teacher for himself.',
    ok: SickLeaveDto,
    status: 201,
    problems: [NotYourSchedule, TeacherNotFound, HoursInThePast],
  })
  sickLeave(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('teacherId') teacherId: Id,
    @Body() { lastDate }: TakeSickLeaveDto,
  ): Promise<SickLeave> {
    return this.fallingSick.execute(actor, teacherId, lastDate);
  }
}
