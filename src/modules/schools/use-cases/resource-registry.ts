import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { assertTransaction } from '../../../platform/database/transaction.js';
import { bin, bins, globalQuery, type Tables } from '../../../platform/database/query.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import { ResourceSchema, SchoolResourceSchema, type ResourceKind } from '../domain/resource.js';

type Db = Tables<typeof ResourceSchema | typeof SchoolResourceSchema>;

/** Gives people and things a calendar, and the current school the use of it. Joins the caller's transaction. */
@Injectable()
export class ResourceRegistry {
  constructor(private readonly em: EntityManager) {}

  /** The person's one resource, the same in every school. */
  async forPerson(userId: Id): Promise<number> {
    return (await this.forPeople([userId])).get(userId)!;
  }

  /** The resource of each. */
  async forPeople(userIds: readonly Id[]): Promise<ReadonlyMap<Id, number>> {
    assertTransaction('ResourceRegistry.forPeople()');
    // Two schools may enrol the same person at once: the unique key lets one insert, the other finds its row.
    await this.db
      .insertInto('resources')
      .ignore()
      .values(userIds.map((userId) => ({ kind: 'person' as const, user_id: bin(userId), capacity: 1 })))
      .execute();
    const found = await this.db
      .selectFrom('resources')
      .select(['id', 'user_id as userId'])
      .where('user_id', 'in', bins(userIds))
      .execute();
    await this.grant(found.map(({ id }) => id));
    return new Map(found.map(({ id, userId }) => [userId!, id]));
  }

  /** A new resource for a vehicle of the current school. */
  async forVehicle(): Promise<number> {
    assertTransaction('ResourceRegistry.forVehicle()');
    return this.forThing('vehicle', 1);
  }

  /** A new resource for a room, track or skid pad of the current school, which takes so many lessons at once. */
  async forFacility(kind: 'room' | 'track', places: number): Promise<number> {
    assertTransaction('ResourceRegistry.forFacility()');
    return this.forThing(kind, places);
  }

  /** What is claimed beyond the new capacity stands. */
  async resize(resourceId: number, places: number): Promise<void> {
    assertTransaction('ResourceRegistry.resize()');
    await this.db.updateTable('resources').set({ capacity: places }).where('id', '=', resourceId).execute();
  }

  private async forThing(kind: ResourceKind, capacity: number): Promise<number> {
    const { insertId } = await this.db.insertInto('resources').values({ kind, capacity }).executeTakeFirstOrThrow();
    const id = Number(insertId);
    await this.grant([id]);
    return id;
  }

  private async grant(resourceIds: readonly number[]): Promise<void> {
    const school = bin(currentSchool());
    await this.db
      .insertInto('school_resources')
      .ignore()
      .values(resourceIds.map((resourceId) => ({ school_id: school, resource_id: resourceId })))
      .execute();
  }

  private get db() {
    return globalQuery<Db>(this.em);
  }
}
