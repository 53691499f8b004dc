import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import type { Page } from '../../../../platform/http/paging.js';
import { Clock } from '../../../../platform/values/clock.js';
import { Scheduling } from '../../../schools/index.js';
import { type AskedDates, rangeOf } from '../../queries/date-range.js';
import { type ClassesAsked, ClassSessionReader, type ClassSessionView } from './class-session-reader.js';

/** The sessions of some days, or of one course. */
@Injectable()
export class ListClasses {
  constructor(
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
    private readonly sessions: ClassSessionReader,
  ) {}

  /** @throws RangeInvalid */
  async execute(actor: Actor, asked: ClassesAsked & AskedDates): Promise<Page<ClassSessionView>> {
    const { courseId, from, until } = asked;
    const isWholeCourse = courseId !== undefined && from === undefined && until === undefined;
    if (isWholeCourse) return this.sessions.list(actor, null, asked);
    const { zone } = await this.scheduling.school();
    const range = rangeOf(asked, zone, this.clock.now(), { defaultDays: 28, maxDays: 366 });
    return this.sessions.list(actor, range, asked);
  }
}
