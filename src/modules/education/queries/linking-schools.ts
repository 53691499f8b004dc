import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bins, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import type { TheorySettingsSchema } from '../domain/theory-settings.js';

/** Which schools link everybody who enrols. */
@Injectable()
export class LinkingSchools {
  constructor(private readonly em: EntityManager) {}

  /** Across schools. */
  async among(schoolIds: readonly Id[]): Promise<ReadonlySet<Id>> {
    if (schoolIds.length === 0) return new Set();
    const rows = await schoolQuery<Tables<typeof TheorySettingsSchema>>(this.em)
      .selectFrom('theory_settings')
      .select('school_id as schoolId')
      .where('school_id', 'in', bins([...new Set(schoolIds)]))
      .where('enabled', '=', true)
      .where('link_on_enrolment', '=', true)
      .execute();
    return new Set(rows.map(({ schoolId }) => schoolId));
  }
}
