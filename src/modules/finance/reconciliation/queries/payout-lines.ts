import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { inPages } from '../../../../platform/database/in-pages.js';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import { currentSchool, inSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { addDays, atLocal, type LocalDate, localDate } from '../../../../platform/values/zone.js';
import type { InvoiceSchema } from '../../domain/invoice.js';
import type { PaymentSchema } from '../../domain/payment.js';
import type { MovementKind } from '../../ports/gateway-books.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { checkPeriod, type Period } from '../../reports/domain/period.js';
import type { GatewayMovementSchema, GatewayPayoutSchema } from '../domain/gateway-books.js';

type Db = Tables<
  typeof GatewayMovementSchema | typeof GatewayPayoutSchema | typeof InvoiceSchema | typeof PaymentSchema
>;

/** One line that a payout brought to the bank, or the sum of them: what the bank shows. */
export interface PayoutLine {
  readonly paidOn: LocalDate;
  readonly payoutRef: string;
  readonly kind: MovementKind;
  readonly on: LocalDate;
  /** The provider's name for what the line is about. */
  readonly reference: string;
  readonly invoiceNumber: number | null;
  readonly amount: Money;
  readonly fee: Money;
  readonly net: Money;
}

interface Position {
  readonly id: Id;
  readonly paid_at: Date;
}

const atOnce = 500;

/** What the gateways have sent to the bank on some days, line by line, each payout ending with its sum. */
@Injectable()
export class PayoutLines {
  constructor(
    private readonly em: EntityManager,
    private readonly sellers: SellerReader,
  ) {}

  /** In constant memory; may be read after the request has left its school. @throws PeriodInvalid */
  async all(period: Period): Promise<AsyncGenerator<readonly PayoutLine[]>> {
    checkPeriod(period);
    const { zone } = await this.sellers.terms();
    return read(this.em.fork(), currentSchool(), period, zone);
  }
}

async function* read(
  em: EntityManager,
  schoolId: Id,
  period: Period,
  zone: string,
): AsyncGenerator<readonly PayoutLine[]> {
  const days = [atLocal(period.from, '00:00', zone), atLocal(addDays(period.until, 1), '00:00', zone)] as const;
  const pages = inPages<Payout>(atOnce, (last) => inSchool(schoolId, () => payoutsOf(em, days, last)));
  for await (const payouts of pages) {
    for (const payout of payouts) {
      const lines = inPages<Line>(atOnce, (last) => inSchool(schoolId, () => linesAfter(em, payout.id, last?.id)));
      for await (const page of lines) yield page.map((line) => lineOf(payout, line, zone));
      yield [sumOf(payout, zone)];
    }
  }
}

function payoutsOf(em: EntityManager, [from, until]: readonly [Date, Date], after: Position | undefined) {
  return schoolQuery<Db>(em)
    .selectFrom('gateway_payouts')
    .select(['id', 'payout_ref', 'paid_at', 'amount_minor', 'fee_minor', 'currency'])
    .where('paid_at', '>=', after?.paid_at ?? from)
    .where('paid_at', '<', until)
    .$if(after !== undefined, (query) =>
      query.where((row) => row.or([row('paid_at', '>', after!.paid_at), row('id', '>', bin(after!.id))])),
    )
    .orderBy('paid_at')
    .orderBy('id')
    .limit(atOnce)
    .execute();
}

function linesAfter(em: EntityManager, payoutId: Id, after: Id | undefined) {
  return schoolQuery<Db>(em)
    .selectFrom('gateway_movements')
    .leftJoin('payments', (join) =>
      join
        .onRef('payments.school_id', '=', 'gateway_movements.school_id')
        .onRef('payments.id', '=', 'gateway_movements.payment_id'),
    )
    .leftJoin('invoices', (join) =>
      join.onRef('invoices.school_id', '=', 'payments.school_id').onRef('invoices.id', '=', 'payments.invoice_id'),
    )
    .select(['gateway_movements.id', 'gateway_movements.kind', 'occurred_at', 'source_ref', 'movement_ref', 'number'])
    .select(['gateway_movements.amount_minor', 'fee_minor', 'gateway_movements.currency'])
    .where('payout_id', '=', bin(payoutId))
    .$if(after !== undefined, (query) => query.where('gateway_movements.id', '>', bin(after!)))
    .orderBy('gateway_movements.id')
    .limit(atOnce)
    .execute();
}

type Payout = Awaited<ReturnType<typeof payoutsOf>>[number];
type Line = Awaited<ReturnType<typeof linesAfter>>[number];

function lineOf(payout: Payout, line: Line, zone: string): PayoutLine {
  const [amount, fee] = [Money.of(line.amount_minor, line.currency), Money.of(line.fee_minor, line.currency)];
  return {
    paidOn: localDate(payout.paid_at, zone),
    payoutRef: payout.payout_ref,
    kind: line.kind,
    on: localDate(line.occurred_at, zone),
    reference: line.source_ref ?? line.movement_ref,
    invoiceNumber: line.number,
    amount,
    fee,
    net: amount.minus(fee),
  };
}

function sumOf(payout: Payout, zone: string): PayoutLine {
  const paidOn = localDate(payout.paid_at, zone);
  const { payout_ref: payoutRef, currency } = payout;
  const [net, fee] = [Money.of(payout.amount_minor, currency), Money.of(payout.fee_minor, currency)];
  const what = { paidOn, payoutRef, kind: 'payout', on: paidOn, reference: payoutRef, invoiceNumber: null } as const;
  return { ...what, amount: net.plus(fee), fee, net };
}
