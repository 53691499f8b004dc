import { Injectable } from '@nestjs/common';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { Scheduling, type ScheduleChange } from '../../../schools/index.js';
import { type Orphan, OrphanSearch } from '../../queries/orphan-search.js';
import { type Reach, reachOf } from '../domain/wanted-change.js';

/** Which booked lessons a change leaves outside that were inside before, or outside for another reason. */
@Injectable()
export class AffectedBookings {
  constructor(
    private readonly search: OrphanSearch,
    private readonly scheduling: Scheduling,
    private readonly clock: Clock,
  ) {}

  /** As if the change were saved. */
  async wouldBe(change: ScheduleChange): Promise<Orphan[]> {
    const reach = await this.reach(change);
    return newAmong(await this.search.all({ ...reach, change }), await this.search.all(reach));
  }

  /** Those of a change that `save` does, within its transaction. */
  async of(change: ScheduleChange, save: () => Promise<unknown>): Promise<Orphan[]> {
    const reach = await this.reach(change);
    const before = await this.search.all(reach);
    await save();
    return newAmong(await this.search.all(reach), before);
  }

  private async reach(change: ScheduleChange): Promise<Reach> {
    const { zone } = await this.scheduling.school();
    return reachOf(change, zone, this.clock.now());
  }
}

function newAmong(after: readonly Orphan[], before: readonly Orphan[]): Orphan[] {
  const known = new Map<Id, string>(before.map(({ bookingId, reason }) => [bookingId, reason]));
  return after.filter(({ bookingId, reason }) => known.get(bookingId) !== reason);
}
