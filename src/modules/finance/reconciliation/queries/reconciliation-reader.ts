import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byAge, is, List } from '../../../../platform/database/list.js';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import { mapPage, type Page } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import type { DisputeState } from '../../ports/gateway-books.js';
import type { DisputeSchema } from '../domain/dispute.js';
import {
  type DifferenceKind,
  type DifferenceState,
  type GatewayDifferenceSchema,
  type GatewayPayoutSchema,
} from '../domain/gateway-books.js';
import { DifferenceNotFound } from '../domain/reconciliation-errors.js';

export interface DifferenceView {
  readonly id: Id;
  readonly provider: string;
  readonly kind: DifferenceKind;
  readonly subjectRef: string;
  readonly paymentId: Id | null;
  readonly here: Money | null;
  readonly there: Money | null;
  readonly state: DifferenceState;
  readonly foundAt: Date;
  readonly settledAt: Date | null;
  readonly reason: string | null;
}

export interface PayoutView {
  readonly id: Id;
  readonly provider: string;
  readonly payoutRef: string;
  readonly amount: Money;
  readonly fees: Money;
  readonly paidAt: Date;
}

export interface DisputeView {
  readonly id: Id;
  readonly paymentId: Id;
  readonly studentId: Id;
  readonly state: DisputeState;
  readonly amount: Money;
  readonly reason: string;
  readonly openedAt: Date;
  readonly settledAt: Date | null;
}

export const differenceList = new List({
  sorts: { createdAt: byAge },
  defaultSort: '-createdAt',
  filters: { state: is<DifferenceState>('state') },
});
export const payoutList = new List({ sorts: { createdAt: byAge }, defaultSort: '-createdAt' });
export const disputeList = new List({ sorts: { createdAt: byAge }, defaultSort: '-createdAt' });

type Db = Tables<typeof DisputeSchema | typeof GatewayDifferenceSchema | typeof GatewayPayoutSchema>;

/** What the gateways say beside what we say. */
@Injectable()
export class ReconciliationReader {
  constructor(private readonly em: EntityManager) {}

  async differences(asked: Asked<typeof differenceList>): Promise<Page<DifferenceView>> {
    return mapPage(await differenceList.page(selectDifferences(this.em), asked), differenceView);
  }

  /** @throws DifferenceNotFound */
  async difference(id: Id): Promise<DifferenceView> {
    const row = await selectDifferences(this.em).where('id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new DifferenceNotFound();
    return differenceView(row);
  }

  async payouts(asked: Asked<typeof payoutList>): Promise<Page<PayoutView>> {
    const payouts = schoolQuery<Db>(this.em)
      .selectFrom('gateway_payouts')
      .select(['id', 'provider', 'payout_ref', 'amount_minor', 'fee_minor', 'currency', 'paid_at']);
    return mapPage(await payoutList.page(payouts, asked), (row) => ({
      id: row.id,
      provider: row.provider,
      payoutRef: row.payout_ref,
      paidAt: row.paid_at,
      amount: Money.of(row.amount_minor, row.currency),
      fees: Money.of(row.fee_minor, row.currency),
    }));
  }

  async disputes(asked: Asked<typeof disputeList>): Promise<Page<DisputeView>> {
    const disputes = schoolQuery<Db>(this.em)
      .selectFrom('disputes')
      .select(['id', 'payment_id', 'student_id', 'state', 'amount_minor', 'currency', 'reason'])
      .select(['opened_at', 'settled_at']);
    return mapPage(await disputeList.page(disputes, asked), (row) => ({
      id: row.id,
      paymentId: row.payment_id,
      studentId: row.student_id,
      state: row.state,
      reason: row.reason,
      amount: Money.of(row.amount_minor, row.currency),
      openedAt: row.opened_at,
      settledAt: row.settled_at,
    }));
  }
}

function selectDifferences(em: EntityManager) {
  return schoolQuery<Db>(em)
    .selectFrom('gateway_differences')
    .select(['id', 'provider', 'kind', 'subject_ref', 'payment_id', 'here_minor', 'here_currency'])
    .select(['there_minor', 'currency'])
    .select(['state', 'found_at', 'settled_at', 'reason']);
}

type DifferenceRow = Awaited<ReturnType<ReturnType<typeof selectDifferences>['execute']>>[number];

function differenceView(row: DifferenceRow): DifferenceView {
  return {
    id: row.id,
    provider: row.provider,
    kind: row.kind,
    subjectRef: row.subject_ref,
    paymentId: row.payment_id,
    here: row.here_minor === null ? null : Money.of(row.here_minor, row.here_currency ?? row.currency),
    there: row.there_minor === null ? null : Money.of(row.there_minor, row.currency),
    state: row.state,
    foundAt: row.found_at,
    settledAt: row.settled_at,
    reason: row.reason,
  };
}
