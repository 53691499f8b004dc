import { Injectable } from '@nestjs/common';
import type { Id } from '../../../../platform/values/id.js';
import type { TimeRange } from '../../../../platform/values/time-range.js';
import { slotsTouched } from '../../domain/calendar/slots.js';
import { isTooFar, Whereabouts } from '../../queries/whereabouts.js';
import type { Room } from './rooms.js';

/** The ways of teachers between their classes and what they do before and after. */
@Injectable()
export class ClassWays {
  constructor(private readonly whereabouts: Whereabouts) {}

  /**
   * Tells of each of the times whether the teacher would have to be at two places in too short a time, except for what is in `own`.
   * Two reads, however many times; none when the room is nowhere in particular.
   */
  async tooLong(
    { teacher, room }: { readonly teacher: { readonly resourceId: number }; readonly room: Room | null },
    times: readonly TimeRange[],
    own: readonly Id[],
  ): Promise<(time: TimeRange) => boolean> {
    if (!room?.locationId || times.length === 0) return () => false;
    const ways = (await this.whereabouts.waysTo([room.locationId])).get(room.locationId)!;
    if (ways.size === 0) return () => false;
    const spans = times.map(slotsTouched);
    const all = { first: Math.min(...spans.map(({ first }) => first)), end: Math.max(...spans.map(({ end }) => end)) };
    const stays = await this.whereabouts.around([teacher.resourceId], all, own);
    return (time) => stays.some((stay) => isTooFar(stay, ways, slotsTouched(time)));
  }
}
