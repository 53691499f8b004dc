import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import type { WantedChange } from '../domain/wanted-change.js';
import { AffectedBookings } from './affected-bookings.js';
import { CheckedChanges } from './checked-changes.js';
import { MOST_SHOWN, type OrphanWithAlternatives, OrphanViews } from './orphan-views.js';
import { MOST_OTHERS, OtherEntries, type OtherEntry } from './other-entries.js';

export interface PreviewedChange {
  readonly orphanedBookings: readonly OrphanWithAlternatives[];
  /** How many there are, shown or not. */
  readonly total: number;
  /** Classes and exams that it would leave outside too: they are moved or cancelled where they belong. */
  readonly otherEntries: readonly OtherEntry[];
}

/** What a change of hours would leave outside, and where each of those lessons could go. Changes and locks nothing. */
@Injectable()
export class PreviewScheduleChange {
  constructor(
    private readonly changes: CheckedChanges,
    private readonly affected: AffectedBookings,
    private readonly views: OrphanViews,
    private readonly others: OtherEntries,
  ) {}

  /** @throws whatever saving the change would refuse: NotOneChange, NotYourSchedule, TeacherNotFound, InvalidWorkingHours … */
  async execute(actor: Actor, wanted: WantedChange): Promise<PreviewedChange> {
    const change = await this.changes.of(actor, wanted);
    const orphans = await this.affected.wouldBe(change);
    const orphanedBookings = await this.views.withAlternatives(orphans.slice(0, MOST_SHOWN), change);
    const otherEntries = (await this.others.leftBy(change)).slice(0, MOST_OTHERS);
    return { orphanedBookings, total: orphans.length, otherEntries };
  }
}
