import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byAge, isIdOf, List } from '../../../../platform/database/list.js';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import { mapPage, type Page } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import { DunningPauseNotFound } from '../domain/dunning-problems.js';
import type { DunningPauseSchema } from '../domain/dunning.js';

export interface DunningPauseView {
  readonly id: Id;
  readonly studentId: Id;
  readonly invoiceId: Id | null;
  readonly reason: string;
  readonly untilDate: LocalDate | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

export const dunningPauseList = new List({
  sorts: { createdAt: byAge },
  defaultSort: '-createdAt',
  filters: { studentId: isIdOf('student_id') },
});

/** Where reminders rest, and why. */
@Injectable()
export class DunningPauses {
  constructor(private readonly em: EntityManager) {}

  async isPaused(studentId: Id, invoiceId: Id, today: LocalDate): Promise<boolean> {
    const row = await selectPauses(this.em)
      .where('student_id', '=', bin(studentId))
      .where('ended_at', 'is', null)
      .where((is) => is.or([is.eb('invoice_id', 'is', null), is.eb('invoice_id', '=', bin(invoiceId))]))
      .where((is) => is.or([is.eb('until_date', 'is', null), is.eb('until_date', '>=', today)]))
      .executeTakeFirst();
    return row !== undefined;
  }

  async list(asked: Asked<typeof dunningPauseList>): Promise<Page<DunningPauseView>> {
    return mapPage(await dunningPauseList.page(selectPauses(this.em), asked), view);
  }

  /** @throws DunningPauseNotFound */
  async get(id: Id): Promise<DunningPauseView> {
    const row = await selectPauses(this.em).where('id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new DunningPauseNotFound();
    return view(row);
  }
}

function selectPauses(em: EntityManager) {
  return schoolQuery<Tables<typeof DunningPauseSchema>>(em)
    .selectFrom('dunning_pauses')
    .select(['id', 'student_id', 'invoice_id', 'reason', 'until_date', 'created_at', 'ended_at']);
}

function view(row: Awaited<ReturnType<ReturnType<typeof selectPauses>['execute']>>[number]): DunningPauseView {
  return {
    id: row.id,
    studentId: row.student_id,
    invoiceId: row.invoice_id,
    reason: row.reason,
    untilDate: row.until_date,
    createdAt: row.created_at,
    endedAt: row.ended_at,
  };
}
