import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import type { FacilitySchema, ResourceSchema } from '../../../schools/index.js';
import { UnknownCourseReference } from '../domain/course-problems.js';

/** A classroom, as far as a class needs to know of it. */
export interface Room {
  readonly id: Id;
  readonly resourceId: number;
  /** How many classes may be in it at once. */
  readonly places: number;
  /** How many people it seats; null when nobody counts. */
  readonly seats: number | null;
  readonly active: boolean;
  /** Null: nowhere in particular. */
  readonly locationId: Id | null;
}

@Injectable()
export class Rooms {
  constructor(private readonly em: EntityManager) {}

  /** A room of the school that is in use; null of null. @throws UnknownCourseReference */
  async find(id: Id | null): Promise<Room | null> {
    const room = id && (await this.get(id));
    if (id && !room?.active) throw new UnknownCourseReference('roomId');
    return room;
  }

  /** In use or not; null when it is none of the school's rooms. */
  async get(id: Id): Promise<Room | null> {
    const row = await schoolQuery<Tables<typeof FacilitySchema | typeof ResourceSchema>>(this.em)
      .selectFrom('facilities')
      .innerJoin('resources', 'resources.id', 'facilities.resource_id')
      .select(['facilities.id', 'facilities.resource_id as resourceId', 'resources.capacity as places'])
      .select(['facilities.seats', 'facilities.active', 'facilities.location_id as locationId'])
      .where('facilities.id', '=', bin(id))
      .where('facilities.kind', '=', 'room')
      .executeTakeFirst();
    return row ?? null;
  }
}
