import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, type Tables } from '../../../../platform/database/query.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { SchoolSchema } from '../../../schools/index.js';
import type { LeadTimes } from '../domain/lead.js';
import { LeadsConfig } from '../leads.config.js';

const hour = 3_600_000;

/** When a lead that comes in now has waited too long, by what the school says or else the installation, and when it is forgotten. */
@Injectable()
export class LeadClock {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly config: LeadsConfig,
  ) {}

  /** Locks the school until the transaction ends. */
  async times(): Promise<LeadTimes> {
    const hours = (await this.ownHours()) ?? this.config.escalateAfterHours;
    const now = this.clock.now();
    const forgetAt = new Date(now);
    forgetAt.setUTCMonth(forgetAt.getUTCMonth() + this.config.keptMonths);
    return { now, escalateAt: new Date(now.getTime() + hours * hour), forgetAt };
  }

  private async ownHours(): Promise<number | null> {
    const school = await globalQuery<Tables<typeof SchoolSchema>>(this.em)
      .selectFrom('schools')
      .select('lead_escalation_hours as hours')
      .where('id', '=', bin(currentSchool()))
      .forUpdate()
      .executeTakeFirstOrThrow();
    return school.hours;
  }
}
