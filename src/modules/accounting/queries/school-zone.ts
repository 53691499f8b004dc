import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import type { AccountingTables } from '../accounting.tables.js';

/** Where the current school's days begin and end, and its money. */
@Injectable()
export class SchoolZone {
  constructor(private readonly em: EntityManager) {}

  async current(): Promise<string> {
    return (await this.of()).zone;
  }

  async currency(): Promise<string> {
    return (await this.of()).currency;
  }

  private of() {
    return globalQuery<AccountingTables>(this.em)
      .selectFrom('schools')
      .select(['zone', 'currency'])
      .where('id', '=', bin(currentSchool()))
      .executeTakeFirstOrThrow();
  }
}
