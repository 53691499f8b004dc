import { Injectable } from '@nestjs/common';
import { Schedule } from '../../../platform/schedules/schedule.js';
import { acrossSchools } from '../../../platform/tenancy/tenancy.js';
import { TellOfDeadLetters } from '../use-cases/tell-of-dead-letters.js';

/** Tells the platform's administrators, at most once an hour, what was given up since they were last told. */
@Injectable()
export class DeadLettersSchedule {
  constructor(private readonly tell: TellOfDeadLetters) {}

  @Schedule('notifications.dead-letters', { every: { hours: 1 } })
  async run(now: Date): Promise<void> {
    await acrossSchools('what was given up is the platform’s to look at', () => this.tell.execute(now));
  }
}
