import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byAge, isIdOf, List } from '../../../../platform/database/list.js';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import { mapPage, type Page } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import type { WriteOffSchema } from '../../domain/write-off.js';
import { WriteOffNotFound } from '../domain/errors.js';

export interface WriteOffView {
  readonly id: Id;
  readonly invoiceId: Id;
  readonly studentId: Id;
  readonly amount: Money;
  readonly reason: string;
  readonly writtenOffBy: Id;
  readonly writtenOffAt: Date;
  readonly reversedBy: Id | null;
  readonly reversedAt: Date | null;
  readonly reverseReason: string | null;
}

export const writeOffList = new List({
  sorts: { createdAt: byAge },
  defaultSort: '-createdAt',
  filters: { invoiceId: isIdOf('invoice_id') },
});

/** What was given up, and what came after all. */
@Injectable()
export class WriteOffReader {
  constructor(private readonly em: EntityManager) {}

  async list(asked: Asked<typeof writeOffList>): Promise<Page<WriteOffView>> {
    return mapPage(await writeOffList.page(selectWriteOffs(this.em), asked), view);
  }

  /** @throws WriteOffNotFound */
  async get(id: Id): Promise<WriteOffView> {
    const row = await selectWriteOffs(this.em).where('id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new WriteOffNotFound();
    return view(row);
  }
}

function selectWriteOffs(em: EntityManager) {
  return schoolQuery<Tables<typeof WriteOffSchema>>(em)
    .selectFrom('write_offs')
    .select(['id', 'invoice_id', 'student_id', 'amount_minor', 'currency', 'reason', 'written_off_by'])
    .select(['written_off_at', 'reversed_by', 'reversed_at', 'reverse_reason']);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectWriteOffs>['execute']>>[number];

function view(row: Row): WriteOffView {
  return {
    id: row.id,
    invoiceId: row.invoice_id,
    studentId: row.student_id,
    amount: Money.of(row.amount_minor, row.currency),
    reason: row.reason,
    writtenOffBy: row.written_off_by,
    writtenOffAt: row.written_off_at,
    reversedBy: row.reversed_by,
    reversedAt: row.reversed_at,
    reverseReason: row.reverse_reason,
  };
}
