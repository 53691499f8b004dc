import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { assertTransaction } from '../../../platform/database/transaction.js';
import { bin, globalQuery, type Tables } from '../../../platform/database/query.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import { ResourceSchema, SchoolResourceSchema } from '../domain/resource.js';

type Db = Tables<typeof ResourceSchema | typeof SchoolResourceSchema>;

/** Gives people and things a calendar, and the current school the use of it. Joins the caller's transaction. */
@Injectable()
export class ResourceRegistry {
  constructor(private readonly em: EntityManager) {}

  /** The person's one resource, the same in every school. */
  async forPerson(userId: Id): Promise<number> {
    assertTransaction('ResourceRegistry.forPerson()');
    // Two schools may enrol the same person at once: the unique key lets one insert, the other finds its row.
    await this.db
      .insertInto('resources')
      .ignore()
      .values({ kind: 'person', user_id: bin(userId), capacity: 1 })
      .execute();
    const { id } = await this.db
      .selectFrom('resources')
      .select('id')
      .where('user_id', '=', bin(userId))
      .executeTakeFirstOrThrow();
    await this.grant(id);
    return id;
  }

  /** A new resource for a vehicle of the current school. */
  async forVehicle(): Promise<number> {
    assertTransaction('ResourceRegistry.forVehicle()');
    const { insertId } = await this.db
      .insertInto('resources')
      .values({ kind: 'vehicle', capacity: 1 })
      .executeTakeFirstOrThrow();
    const id = Number(insertId);
    await this.grant(id);
    return id;
  }

  private async grant(resourceId: number): Promise<void> {
    await this.db
      .insertInto('school_resources')
      .ignore()
      .values({ school_id: bin(currentSchool()), resource_id: resourceId })
      .execute();
  }

  private get db() {
    return globalQuery<Db>(this.em);
  }
}
