import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, Logger } from '@nestjs/common';
import { inPages } from '../../../../platform/database/in-pages.js';
import { bin, globalQuery, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import { Schedule } from '../../../../platform/schedules/schedule.js';
import { acrossSchools, inSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import { localDate, type LocalDate } from '../../../../platform/values/zone.js';
import type { SchoolSchema } from '../../../schools/index.js';
import type { InvoiceSchema } from '../../domain/invoice.js';
import { type DunningPlan, lastDueDate } from '../domain/dunning-plan.js';
import type { DunningSettingsSchema } from '../domain/dunning.js';
import { ConfigureDunning } from '../use-cases/configure-dunning.js';
import { RemindOfInvoice } from '../use-cases/remind-of-invoice.js';

const atOnce = 500;

interface Due {
  readonly id: Id;
  readonly dueOn: LocalDate;
}

/** Looks once a day which unpaid invoices have come to their next step. */
@Injectable()
export class RemindOfInvoices {
  private readonly logger = new Logger(RemindOfInvoices.name);

  constructor(
    private readonly em: EntityManager,
    private readonly settings: ConfigureDunning,
    private readonly remind: RemindOfInvoice,
  ) {}

  @Schedule('finance.remind-of-invoices', { daily: '09:10' })
  async run(now: Date): Promise<void> {
    for (const { id, zone } of await this.schools()) await inSchool(id, () => this.ofSchool(localDate(now, zone)));
  }

  private schools() {
    return acrossSchools('schools that remind of unpaid invoices', () =>
      globalQuery<Tables<typeof DunningSettingsSchema | typeof SchoolSchema>>(this.em)
        .selectFrom('dunning_settings')
        .innerJoin('schools', 'schools.id', 'dunning_settings.school_id')
        .select(['schools.id', 'schools.zone'])
        .execute(),
    );
  }

  private async ofSchool(today: LocalDate): Promise<void> {
    const plan = await this.settings.plan();
    const until = lastDueDate(plan, today);
    if (until === null) return;
    for await (const due of inPages(atOnce, (last?: Due) => this.due(until, last)))
      for (const { id } of due) await this.one(id, plan, today);
  }

  /** One that fails does not keep the others from their turn. */
  private async one(invoiceId: Id, plan: DunningPlan, today: LocalDate): Promise<void> {
    try {
      await this.remind.execute(invoiceId, plan, today);
    } catch (error) {
      this.logger.error({ err: error, invoiceId }, 'nobody could be reminded of an invoice');
    }
  }

  private due(until: LocalDate, after: Due | undefined): Promise<Due[]> {
    const open = schoolQuery<Tables<typeof InvoiceSchema>>(this.em)
      .selectFrom('invoices')
      .select(['id', 'due_on as dueOn'])
      .where('state', '=', 'issued')
      .where('kind', '=', 'invoice')
      .where('due_on', '<=', until)
      .orderBy('due_on')
      .orderBy('id')
      .limit(atOnce);
    if (!after) return open.execute();
    return open
      .where('due_on', '>=', after.dueOn)
      .where((is) => is.or([is.eb('due_on', '>', after.dueOn), is.eb('id', '>', bin(after.id))]))
      .execute();
  }
}
