import { Injectable } from '@nestjs/common';
import { LessonResources, Scheduling } from '../../schools/index.js';
import { slotsTouched } from '../domain/calendar/slots.js';
import type { Hindrance } from '../domain/calendar/hindrances.js';
import { inNobodysWay } from '../queries/lesson-candidates.js';
import { TeacherSchedules } from '../queries/teacher-schedules.js';
import { isTooFar, Whereabouts } from '../queries/whereabouts.js';
import { blockOf, takenOf, type LessonPlace, type PlaceWish } from './lesson-place.js';

/** What was free before the claims were made is not any more. Never caught inside the transaction. */
export abstract class PlaceGone extends Error {}

/** The teacher does not work then. */
export class TeacherNotAtWork extends PlaceGone {}

/** Somebody or something would have to be at two places in too short a time. */
export class WayTooLong extends PlaceGone {
  constructor(readonly kinds: readonly Hindrance[]) {
    super(`the way is too long for ${kinds.join(', ')}`);
  }
}

/** The rules about a lesson's place that count what others do, which no key protects. */
@Injectable()
export class PlaceRules {
  constructor(
    private readonly scheduling: Scheduling,
    private readonly resources: LessonResources,
    private readonly schedules: TeacherSchedules,
    private readonly whereabouts: Whereabouts,
  ) {}

  /**
   * Made to wait for whoever changes what is counted, then read: after the claims, before anything else.
   * @throws TeacherNotAtWork | WayTooLong
   */
  async check(wish: PlaceWish, place: LessonPlace): Promise<void> {
    await this.scheduling.bumpScheduleVersion(place.teacher.id);
    await this.checkWays(wish, place);
    if (!(await this.schedules.isAtWork(place.teacher.id, blockOf(wish), wish.zone))) throw new TeacherNotAtWork();
  }

  private async checkWays(wish: PlaceWish, place: LessonPlace): Promise<void> {
    const { locationId, vehicle, trailer } = place;
    if (!locationId) return;
    const ways = (await this.whereabouts.waysTo([locationId])).get(locationId)!;
    if (ways.size === 0) return;
    await this.resources.bumpVehicleVersions([vehicle, trailer].flatMap((each) => (each ? [each.id] : [])));
    const block = slotsTouched(blockOf(wish));
    const taken = takenOf(wish, place);
    const resourceIds = taken.map(({ resourceId }) => resourceId);
    const stays = await this.whereabouts.around(resourceIds, block, inNobodysWay(wish));
    const late = stays.filter((stay) => isTooFar(stay, ways, block));
    const kinds = taken.filter(({ resourceId }) => late.some((stay) => stay.resourceId === resourceId));
    if (kinds.length > 0) throw new WayTooLong(kinds.map(({ kind }) => kind));
  }
}
