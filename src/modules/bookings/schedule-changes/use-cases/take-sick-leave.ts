import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { addDays, atLocal, localDate, type LocalDate } from '../../../../platform/values/zone.js';
import { AddTimeOff, type AddedTimeOff, HoursInThePast, Scheduling } from '../../../schools/index.js';
import { OrphanSearch } from '../../queries/orphan-search.js';
import { MOST_SHOWN, OrphanViews, type OrphanWithAlternatives } from '../queries/orphan-views.js';
import { MOST_OTHERS, OtherEntries, type OtherEntry } from '../queries/other-entries.js';

export interface SickLeave {
  readonly timeOff: AddedTimeOff['timeOff'];
  readonly orphanedBookings: readonly OrphanWithAlternatives[];
  readonly total: number;
  readonly otherEntries: readonly OtherEntry[];
}

/** A teacher falls sick: from now until the end of a day he is out of the diary of every school he teaches at. */
@Injectable()
export class TakeSickLeave {
  constructor(
    private readonly scheduling: Scheduling,
    private readonly addTimeOff: AddTimeOff,
    private readonly search: OrphanSearch,
    private readonly views: OrphanViews,
    private readonly others: OtherEntries,
    private readonly clock: Clock,
  ) {}

  /** @param lastDate today when missing. @throws TeacherNotFound | NotYourSchedule | HoursInThePast */
  async execute(actor: Actor, teacherId: Id, lastDate?: LocalDate): Promise<SickLeave> {
    const { zone } = await this.scheduling.school();
    const startsAt = this.clock.now();
    const today = localDate(startsAt, zone);
    if (lastDate && lastDate < today) throw new HoursInThePast('lastDate');
    const endsAt = atLocal(addDays(lastDate ?? today, 1), '00:00', zone);
    const { timeOff } = await this.addTimeOff.execute(actor, teacherId, { startsAt, endsAt, kind: 'sick' });
    const orphans = (await this.search.all({ teacherId, from: startsAt, until: endsAt })).filter(
      ({ reason }) => reason === 'time_off',
    );
    const orphanedBookings = await this.views.withAlternatives(orphans.slice(0, MOST_SHOWN));
    const others = await this.others.outside({ teacherId, from: startsAt, until: endsAt });
    const otherEntries = others.filter(({ reason }) => reason === 'time_off').slice(0, MOST_OTHERS);
    return { timeOff, orphanedBookings, total: orphans.length, otherEntries };
  }
}
