import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Clock } from '../../../../platform/values/clock.js';
import { Scheduling, type ScheduleChange } from '../../../schools/index.js';
import { checkScheduleChange } from '../domain/check-schedule-change.js';
import { changeOf, checkOneChange, type WantedChange } from '../domain/wanted-change.js';

/** Reads what somebody wants to change, for those who may change it. */
@Injectable()
export class CheckedChanges {
  constructor(
    private readonly scheduling: Scheduling,
    private readonly clock: Clock,
  ) {}

  /** @throws TeacherNotFound, and what checkScheduleChange() does */
  async of(actor: Actor, wanted: WantedChange): Promise<ScheduleChange> {
    checkOneChange(wanted);
    const { workingHours, dayHours, timeOff } = wanted;
    const teacherId = (workingHours ?? dayHours ?? timeOff)?.teacherId;
    const teacher = teacherId ? await this.scheduling.teacher(teacherId) : null;
    const { zone } = await this.scheduling.school();
    const now = this.clock.now();
    checkScheduleChange(actor, wanted, teacher, zone, now);
    return changeOf(wanted, zone, now);
  }
}
