import { Injectable } from '@nestjs/common';
import { Schedule } from '../../../platform/schedules/schedule.js';
import { acrossSchools, inSchool } from '../../../platform/tenancy/tenancy.js';
import { NewDifferences } from '../../finance/index.js';
import { TellOfDifferences } from '../use-cases/tell-of-differences.js';

/** After a longer outage nobody is told of what is older; it stands in the list of differences. */
const lookBackMs = 7 * 86_400_000;

/** Tells owners each morning where the gateway's books and theirs have begun to differ. */
@Injectable()
export class DifferencesSchedule {
  constructor(
    private readonly differences: NewDifferences,
    private readonly tell: TellOfDifferences,
  ) {}

  @Schedule('notifications.differences', { daily: '08:05' })
  async run(now: Date): Promise<void> {
    const since = new Date(now.getTime() - lookBackMs);
    const found = await acrossSchools('books differ in every school', () => this.differences.schoolsSince(since));
    for (const each of found) await inSchool(each.schoolId, () => this.tell.execute(each, now));
  }
}
