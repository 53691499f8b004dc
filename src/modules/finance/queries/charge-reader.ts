import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { type Asked, byAge, is, List } from '../../../platform/database/list.js';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { mapPage, type Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { ofStudents, OwnStudents } from '../../students/index.js';
import type { ChargeSchema, ChargeSource, ChargeState } from '../domain/charge.js';
import { ChargeNotFound } from '../domain/errors.js';

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
  readonly instalmentId: Id | null;
  readonly occurredAt: Date;
}

export const chargeList = new List({
  sorts: { createdAt: byAge },
  defaultSort: '-createdAt',
  filters: { state: is<ChargeState>('state') },
});

export type ChargesAsked = Asked<typeof chargeList> & { readonly studentId?: Id };

/** What students owe for. */
@Injectable()
export class ChargeReader {
  constructor(
    private readonly em: EntityManager,
    private readonly ownStudents: OwnStudents,
  ) {}

  /** @throws ChargeNotFound */
  async get(id: Id): Promise<ChargeView> {
    const row = await selectCharges(this.em).where('id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new ChargeNotFound();
    return view(row);
  }

  /** @throws StudentNotFound */
  async list(actor: Actor, asked: ChargesAsked): Promise<Page<ChargeView>> {
    const students = await this.ownStudents.asked(actor, asked.studentId);
    return mapPage(await chargeList.page(selectCharges(this.em).where(ofStudents(students)), asked), view);
  }
}

function selectCharges(em: EntityManager) {
  return schoolQuery<Tables<typeof ChargeSchema>>(em)
    .selectFrom('charges')
    .select(['id', 'student_id', 'source', 'source_id', 'description', 'gross_minor', 'currency'])
    .select(['vat_rate_bp', 'state', 'invoice_id', 'instalment_id', 'occurred_at']);
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
    instalmentId: row.instalment_id,
    occurredAt: row.occurred_at,
  };
}
