import { Injectable } from '@nestjs/common';
import { Clock } from '../../../../platform/values/clock.js';
import { newId } from '../../../../platform/values/id.js';
import { TimeRange } from '../../../../platform/values/time-range.js';
import { Scheduling } from '../../../schools/index.js';
import { Calendar } from '../../domain/calendar/claims.js';
import type { OfferedTime } from '../domain/offer.js';

/** Which of the offered times nobody has taken meanwhile. A look only: what counts is what the claims say when one is accepted. */
@Injectable()
export class FreeChoices {
  constructor(
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
    private readonly calendar: Calendar,
  ) {}

  async of(choices: readonly OfferedTime[]): Promise<OfferedTime[]> {
    const free: OfferedTime[] = [];
    for (const choice of choices) if (await this.isFree(choice)) free.push(choice);
    return free;
  }

  private async isFree({ startsAt, endsAt, teacherId }: OfferedTime): Promise<boolean> {
    if (startsAt <= this.clock.now()) return false;
    const { resourceId } = await this.scheduling.teacher(teacherId);
    const resources = [{ resourceId, range: new TimeRange(startsAt, endsAt) }];
    return (await this.calendar.busyAmong({ resources, claimedBy: newId() })).length === 0;
  }
}
