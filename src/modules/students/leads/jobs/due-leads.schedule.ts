import { Injectable } from '@nestjs/common';
import { Schedule } from '../../../../platform/schedules/schedule.js';
import { eachInItsSchool } from '../../../../platform/tenancy/tenancy.js';
import { type DueLead, DueLeads } from '../queries/due-leads.js';
import { EraseLead } from '../use-cases/erase-lead.js';
import { EscalateLead } from '../use-cases/escalate-lead.js';

/** What becomes of leads by themselves: told of when nobody touches them, forgotten when their time is over. */
@Injectable()
export class DueLeadsSchedule {
  constructor(
    private readonly due: DueLeads,
    private readonly escalateLead: EscalateLead,
    private readonly eraseLead: EraseLead,
  ) {}

  @Schedule('students.escalate-leads', { every: { minutes: 5 } })
  async escalate(now: Date): Promise<void> {
    await inPortions(
      () => this.due.toEscalate(now),
      ({ id }) => this.escalateLead.execute(id, now),
    );
  }

  @Schedule('students.forget-leads', { daily: '03:50' })
  async forget(now: Date): Promise<void> {
    await inPortions(
      () => this.due.toForget(now),
      ({ id }) => this.eraseLead.execute(id, 'expired'),
    );
  }
}

/** Until none is due; one that fails keeps none of the others of its portion from their turn, and ends the run. */
async function inPortions(next: () => Promise<DueLead[]>, work: (lead: DueLead) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  while (failures.length === 0) {
    const leads = await next();
    if (leads.length === 0) return;
    await eachInItsSchool(leads, work, (error) => failures.push(error));
  }
  throw new AggregateError(failures, `${failures.length} leads could not go on`);
}
