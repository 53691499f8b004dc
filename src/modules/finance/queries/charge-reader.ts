import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { cursorId } from '../../../platform/database/by-name.js';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { decodeCursor, type Page, pageOf } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import type { ChargeSchema, ChargeSource, ChargeState } from '../domain/charge.js';
import { ChargeNotFound } from '../domain/errors.js';
import { OwnData } from './own-data.js';

export interface ChargeView {
  readonly id: Id;
  readonly studentId: Id;
  readonly source: ChargeSource;
  readonly sourceId: Id;
  readonly description: string;
  readonly gross: Money;
  readonly vatRateBp: number;
  readonly state: ChargeState;
  readonly invoiceId: Id | null;
  readonly occurredAt: Date;
}

export interface ChargeFilter {
  readonly studentId?: Id;
  readonly state?: ChargeState;
  readonly limit: number;
  readonly cursor?: string;
}

/** What students owe for. */
@Injectable()
export class ChargeReader {
  constructor(
    private readonly em: EntityManager,
    private readonly ownData: OwnData,
  ) {}

  /** @throws ChargeNotFound */
  async get(id: Id): Promise<ChargeView> {
    const row = await selectCharges(this.em).where('id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new ChargeNotFound();
    return view(row);
  }

  /** Newest first. */
  async list(actor: Actor, { studentId, state, limit, cursor }: ChargeFilter): Promise<Page<ChargeView>> {
    const own = await this.ownData.studentOf(actor);
    const before = decodeCursor(cursor, { id: 'string' });
    let query = selectCharges(this.em)
      .orderBy('id', 'desc')
      .limit(limit + 1);
    if (own) query = query.where('student_id', '=', bin(own));
    if (studentId) query = query.where('student_id', '=', bin(studentId));
    if (state) query = query.where('state', '=', state);
    if (before) query = query.where('id', '<', cursorId(before.id));
    return pageOf((await query.execute()).map(view), limit, ({ id }) => ({ id }));
  }
}

function selectCharges(em: EntityManager) {
  return schoolQuery<Tables<typeof ChargeSchema>>(em)
    .selectFrom('charges')
    .select(['id', 'student_id', 'source', 'source_id', 'description', 'gross_minor', 'currency'])
    .select(['vat_rate_bp', 'state', 'invoice_id', 'occurred_at']);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectCharges>['execute']>>[number];

function view(row: Row): ChargeView {
  return {
    id: row.id,
    studentId: row.student_id,
    source: row.source,
    sourceId: row.source_id,
    description: row.description,
    gross: Money.of(row.gross_minor, row.currency),
    vatRateBp: row.vat_rate_bp,
    state: row.state,
    invoiceId: row.invoice_id,
    occurredAt: row.occurred_at,
  };
}
