import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { afterName, pageByName } from '../../../platform/database/by-name.js';
import { globalQuery, bin, type Tables } from '../../../platform/database/query.js';
import type { Page, PageQuery } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import { SchoolNotFound } from '../domain/school-problems.js';
import { SchoolSchema, type Locale } from '../domain/school.js';

export interface SchoolSummary {
  readonly id: Id;
  readonly name: string;
  readonly slug: string;
  readonly city: string;
  readonly createdAt: Date;
}

export interface SchoolView extends SchoolSummary {
  readonly cvr: string;
  readonly email: string;
  readonly phone: string;
  readonly addressLine: string;
  readonly postcode: string;
  readonly zone: string;
  readonly locale: Locale;
  readonly currency: string;
  readonly reminderLeadMinutes: number;
}

@Injectable()
export class SchoolReader {
  constructor(private readonly em: EntityManager) {}

  /** @throws SchoolNotFound */
  async get(id: Id): Promise<SchoolView> {
    const row = await this.schools
      .select(['cvr', 'email', 'phone', 'address_line as addressLine', 'postcode', 'zone', 'locale', 'currency'])
      .select('reminder_lead_minutes as reminderLeadMinutes')
      .where('id', '=', bin(id))
      .executeTakeFirst();
    if (!row) throw new SchoolNotFound();
    return row;
  }

  /** Every school of the platform, by name. */
  async list({ limit, cursor }: PageQuery): Promise<Page<SchoolSummary>> {
    const rows = await this.schools
      .where(afterName(cursor))
      .orderBy('name')
      .orderBy('id')
      .limit(limit + 1)
      .execute();
    return pageByName(rows, limit);
  }

  private get schools() {
    return globalQuery<Tables<typeof SchoolSchema>>(this.em)
      .selectFrom('schools')
      .select(['id', 'name', 'slug', 'city', 'created_at as createdAt']);
  }
}
