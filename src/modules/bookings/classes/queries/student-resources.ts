import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bins, schoolQuery } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import type { ClassTables } from './tables.js';

/** The calendars of many students at once. */
@Injectable()
export class StudentResources {
  constructor(private readonly em: EntityManager) {}

  async of(studentIds: readonly Id[]): Promise<Map<Id, number>> {
    if (studentIds.length === 0) return new Map();
    const rows = await schoolQuery<ClassTables>(this.em)
      .selectFrom('students')
      .select(['id', 'resource_id as resourceId'])
      .where('id', 'in', bins(studentIds))
      .execute();
    return new Map(rows.map(({ id, resourceId }) => [id, resourceId]));
  }
}
