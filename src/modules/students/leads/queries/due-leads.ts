import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { globalQuery, type Tables } from '../../../../platform/database/query.js';
import { acrossSchools } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import type { LeadSchema } from '../domain/lead.js';

export interface DueLead {
  readonly id: Id;
  readonly schoolId: Id;
}

const portion = 200;

/** Leads of all schools whose time has come, the oldest first, a portion at a time. */
@Injectable()
export class DueLeads {
  constructor(private readonly em: EntityManager) {}

  /** Nobody has touched them. */
  toEscalate(now: Date): Promise<DueLead[]> {
    return this.due('escalate_at', now);
  }

  /** What they say of a person has been kept as long as may be. */
  toForget(now: Date): Promise<DueLead[]> {
    return this.due('forget_at', now);
  }

  private due(column: 'escalate_at' | 'forget_at', now: Date): Promise<DueLead[]> {
    return acrossSchools('leads of any school whose time has come', () =>
      globalQuery<Tables<typeof LeadSchema>>(this.em)
        .selectFrom('leads')
        .select(['id', 'school_id as schoolId'])
        .where(column, '<=', now)
        .orderBy(column)
        .limit(portion)
        .execute(),
    );
  }
}
