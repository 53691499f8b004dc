import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byAge, List } from '../../../../platform/database/list.js';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import { mapPage, type Page } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import type { LedgerClosingSchema } from '../../domain/books.js';
import { ClosingNotFound } from '../domain/errors.js';

export interface ClosingView {
  readonly id: Id;
  readonly through: LocalDate;
  readonly closedBy: Id;
  readonly closedAt: Date;
  readonly reopenedBy: Id | null;
  readonly reopenedAt: Date | null;
  readonly reopenReason: string | null;
}

export const closingList = new List({ sorts: { createdAt: byAge }, defaultSort: '-createdAt' });

/** When the books were closed, and reopened. */
@Injectable()
export class ClosingReader {
  constructor(private readonly em: EntityManager) {}

  async list(asked: Asked<typeof closingList>): Promise<Page<ClosingView>> {
    return mapPage(await closingList.page(selectClosings(this.em), asked), view);
  }

  /** @throws ClosingNotFound */
  async get(id: Id): Promise<ClosingView> {
    const row = await selectClosings(this.em).where('id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new ClosingNotFound();
    return view(row);
  }
}

function selectClosings(em: EntityManager) {
  return schoolQuery<Tables<typeof LedgerClosingSchema>>(em)
    .selectFrom('ledger_closings')
    .select(['id', 'closed_through', 'closed_by', 'closed_at', 'reopened_by', 'reopened_at', 'reopen_reason']);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectClosings>['execute']>>[number];

function view(row: Row): ClosingView {
  return {
    id: row.id,
    through: row.closed_through,
    closedBy: row.closed_by,
    closedAt: row.closed_at,
    reopenedBy: row.reopened_by,
    reopenedAt: row.reopened_at,
    reopenReason: row.reopen_reason,
  };
}
