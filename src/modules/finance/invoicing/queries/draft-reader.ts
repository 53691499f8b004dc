import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byAge, isIdOf, List } from '../../../../platform/database/list.js';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import { mapPage, type Page } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import type { ChargeSchema, ChargeState } from '../../domain/charge.js';
import { grandTotal, priceLine, type RateTotal, totalsByRate } from '../../domain/invoice-totals.js';
import type { DraftInvoiceSchema, DraftLineSchema } from '../domain/draft-invoice.js';
import { DraftNotFound } from '../domain/invoicing-problems.js';

type Db = Tables<typeof ChargeSchema | typeof DraftInvoiceSchema | typeof DraftLineSchema>;

export interface DraftSummary {
  readonly id: Id;
  readonly studentId: Id;
  readonly paymentTermsDays: number | null;
  readonly reference: string | null;
  readonly createdAt: Date;
}

export interface DraftLineView {
  readonly chargeId: Id | null;
  /** Null for a line that stands for no charge. */
  readonly chargeState: ChargeState | null;
  readonly description: string;
  readonly quantity: number;
  readonly unitGross: Money;
  readonly vatRateBp: number;
  readonly gross: Money;
}

export interface DraftView extends DraftSummary {
  readonly lines: readonly DraftLineView[];
  readonly net: Money;
  readonly vat: Money;
  readonly gross: Money;
  readonly vatByRate: readonly RateTotal[];
}

export const draftList = new List({
  sorts: { createdAt: byAge },
  defaultSort: '-createdAt',
  filters: { studentId: isIdOf('student_id') },
});

/** Invoices that are being written, for the office. */
@Injectable()
export class DraftReader {
  constructor(private readonly em: EntityManager) {}

  async list(asked: Asked<typeof draftList>): Promise<Page<DraftSummary>> {
    return mapPage(await draftList.page(this.drafts(), asked), summary);
  }

  /** As its charges are at present. @throws DraftNotFound */
  async get(id: Id): Promise<DraftView> {
    const row = await this.drafts().where('id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new DraftNotFound();
    const lines = (await this.lines(id)).map((line) => lineView(line, row.currency));
    const vatByRate = totalsByRate(lines);
    const nothing = Money.of(0, row.currency);
    const total = lines.length > 0 ? grandTotal(vatByRate) : { net: nothing, vat: nothing, gross: nothing };
    const { net, vat, gross } = total;
    return { ...summary(row), lines, net, vat, gross, vatByRate };
  }

  private drafts() {
    return schoolQuery<Db>(this.em)
      .selectFrom('invoice_drafts')
      .select(['id', 'student_id', 'currency', 'payment_terms_days', 'reference', 'created_at']);
  }

  private lines(draftId: Id) {
    return schoolQuery<Db>(this.em)
      .selectFrom('invoice_draft_lines')
      .leftJoin('charges', (on) =>
        on
          .onRef('charges.school_id', '=', 'invoice_draft_lines.school_id')
          .onRef('charges.id', '=', 'invoice_draft_lines.charge_id'),
      )
      .where('draft_id', '=', bin(draftId))
      .select(['charge_id', 'quantity', 'invoice_draft_lines.description', 'unit_gross_minor'])
      .select(['invoice_draft_lines.vat_rate_bp', 'charges.state', 'charges.description as charge_description'])
      .select(['charges.gross_minor as charge_minor', 'charges.vat_rate_bp as charge_rate'])
      .orderBy('position')
      .execute();
  }
}

type SummaryRow = Awaited<ReturnType<ReturnType<DraftReader['drafts']>['execute']>>[number];
type LineRow = Awaited<ReturnType<DraftReader['lines']>>[number];

function summary(row: SummaryRow): DraftSummary {
  return {
    id: row.id,
    studentId: row.student_id,
    paymentTermsDays: row.payment_terms_days,
    reference: row.reference,
    createdAt: row.created_at,
  };
}

function lineView(row: LineRow, currency: string): DraftLineView {
  const price = {
    quantity: row.quantity ?? 1,
    unitGross: Money.of((row.charge_id ? row.charge_minor : row.unit_gross_minor) ?? 0, currency),
    vatRateBp: (row.charge_id ? row.charge_rate : row.vat_rate_bp) ?? 0,
  };
  return {
    chargeId: row.charge_id,
    chargeState: row.state,
    description: row.charge_description ?? row.description ?? '',
    ...price,
    gross: priceLine(price).gross,
  };
}
