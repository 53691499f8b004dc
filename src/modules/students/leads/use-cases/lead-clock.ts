import { Injectable } from '@nestjs/common';
import { Clock } from '../../../../platform/values/clock.js';
import type { LeadTimes } from '../domain/lead.js';
import { LeadsConfig } from '../leads.config.js';

const hour = 3_600_000;

/** When a lead that comes in now has waited too long, and when it is forgotten. */
@Injectable()
export class LeadClock {
  constructor(
    private readonly clock: Clock,
    private readonly config: LeadsConfig,
  ) {}

  times(): LeadTimes {
    const now = this.clock.now();
    const forgetAt = new Date(now);
    forgetAt.setUTCMonth(forgetAt.getUTCMonth() + this.config.keptMonths);
    return { now, escalateAt: new Date(now.getTime() + this.config.escalateAfterHours * hour), forgetAt };
  }
}
