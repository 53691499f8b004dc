import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byAge, isIdOf, List } from '../../../../platform/database/list.js';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import { mapPage, type Page } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import type { InvoiceSchema } from '../../domain/invoice.js';
import type { DunningStepName } from '../domain/dunning-plan.js';
import type { DunningPauseSchema, DunningStepSchema } from '../domain/dunning.js';

export interface DunningStepView {
  readonly id: Id;
  readonly invoiceId: Id;
  readonly studentId: Id;
  readonly step: DunningStepName;
  readonly takenOn: LocalDate;
  readonly feeInvoiceId: Id | null;
}

/** What a message says of a step. */
export interface ReminderForMessage {
  readonly invoiceId: Id;
  readonly step: DunningStepName;
  readonly fee: Money | null;
}

export const dunningStepList = new List({
  sorts: { createdAt: byAge },
  defaultSort: '-createdAt',
  filters: { invoiceId: isIdOf('invoice_id'), studentId: isIdOf('student_id') },
});

type Db = Tables<typeof DunningStepSchema | typeof DunningPauseSchema | typeof InvoiceSchema>;

/** Who was reminded of what, and who cannot book before he has paid. */
@Injectable()
export class DunningReader {
  constructor(private readonly em: EntityManager) {}

  async list(asked: Asked<typeof dunningStepList>): Promise<Page<DunningStepView>> {
    const rows = schoolQuery<Db>(this.em)
      .selectFrom('dunning_steps')
      .select(['id', 'invoice_id', 'student_id', 'step', 'taken_on', 'fee_invoice_id']);
    return mapPage(await dunningStepList.page(rows, asked), (row) => ({
      id: row.id,
      invoiceId: row.invoice_id,
      studentId: row.student_id,
      step: row.step,
      takenOn: row.taken_on,
      feeInvoiceId: row.fee_invoice_id,
    }));
  }

  /** Null when there is no such step. */
  async forMessage(stepId: Id): Promise<ReminderForMessage | null> {
    const row = await schoolQuery<Db>(this.em)
      .selectFrom('dunning_steps')
      .leftJoin('invoices as fee', (join) =>
        join
          .onRef('fee.school_id', '=', 'dunning_steps.school_id')
          .onRef('fee.id', '=', 'dunning_steps.fee_invoice_id'),
      )
      .select(['invoice_id', 'step', 'fee.gross_minor', 'fee.currency'])
      .where('dunning_steps.id', '=', bin(stepId))
      .executeTakeFirst();
    if (!row) return null;
    const fee = row.gross_minor === null ? null : Money.of(row.gross_minor, row.currency!);
    return { invoiceId: row.invoice_id, step: row.step, fee };
  }

  /** He has been told that he cannot book before an invoice is paid, and it is not, and no pause says otherwise. */
  async isStopped(studentId: Id, today: LocalDate): Promise<boolean> {
    const row = await schoolQuery<Db>(this.em)
      .selectFrom('dunning_steps')
      .innerJoin('invoices', (join) =>
        join
          .onRef('invoices.school_id', '=', 'dunning_steps.school_id')
          .onRef('invoices.id', '=', 'dunning_steps.invoice_id'),
      )
      .select('dunning_steps.id')
      .where('dunning_steps.student_id', '=', bin(studentId))
      .where('step', '=', 'booking_stop')
      .where('state', '=', 'issued')
      .where((step) =>
        step.not(
          step.exists(
            step
              .selectFrom('dunning_pauses')
              .select('dunning_pauses.id')
              .whereRef('dunning_pauses.school_id', '=', 'dunning_steps.school_id')
              .whereRef('dunning_pauses.student_id', '=', 'dunning_steps.student_id')
              .where('ended_at', 'is', null)
              .where((is) =>
                is.or([
                  is.eb('dunning_pauses.invoice_id', 'is', null),
                  is.eb('dunning_pauses.invoice_id', '=', is.ref('dunning_steps.invoice_id')),
                ]),
              )
              .where((is) => is.or([is.eb('until_date', 'is', null), is.eb('until_date', '>=', today)])),
          ),
        ),
      )
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }
}
