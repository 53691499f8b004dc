import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bins, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { assertTransaction } from '../../../platform/database/transaction.js';
import type { Id } from '../../../platform/values/id.js';
import { deferred, outputVat, receivables, reminderFees, revenue } from '../domain/account-plan.js';
import type { Charge, ChargeSchema } from '../domain/charge.js';
import { priceLine, type LinePrice } from '../domain/invoice-totals.js';
import type { Invoice } from '../domain/invoice.js';
import { PostTransfers, type Posting } from './post-transfers.js';

export interface PostedLine extends LinePrice {
  readonly chargeId: Id | null;
  readonly productId: Id | null;
}

/** The ledger's entries of an invoice or a credit note: what has been delivered is revenue, what has not is deferred. */
@Injectable()
export class PostInvoice {
  constructor(
    private readonly em: EntityManager,
    private readonly postTransfers: PostTransfers,
  ) {}

  /** @param held charges that the caller has locked already */
  async execute(invoice: Invoice, lines: readonly PostedLine[], held: readonly Charge[] = []): Promise<void> {
    assertTransaction('PostInvoice.execute()');
    const charges = await this.charges(lines, held);
    const owed = receivables(invoice.studentId);
    const postings = lines.flatMap((line): Posting[] => {
      const { net, vat } = priceLine(line);
      const account = accountOf(line.chargeId && charges.get(line.chargeId));
      return [
        { debit: owed, credit: account(line.vatRateBp, line.productId), amount: net },
        { debit: owed, credit: outputVat(line.vatRateBp), amount: vat },
      ];
    });
    const { kind: source, id: sourceId, issuedOn: occurredOn } = invoice;
    await this.postTransfers.execute({ source, sourceId, occurredOn }, postings);
  }

  /** Locked, so that none is delivered before these entries can be seen. */
  private async charges(lines: readonly PostedLine[], held: readonly Charge[]): Promise<ReadonlyMap<Id, PostedCharge>> {
    const known = new Map<Id, PostedCharge>(held.map((charge) => [charge.id, charge]));
    const ids = [...new Set(lines.flatMap(({ chargeId }) => chargeId ?? []))].filter((id) => !known.has(id)).sort();
    if (ids.length === 0) return known;
    const rows = await schoolQuery<Tables<typeof ChargeSchema>>(this.em)
      .selectFrom('charges')
      .select(['id', 'delivered', 'source', 'earned_by_id as earnedById'])
      .where('id', 'in', bins(ids))
      .forUpdate()
      .execute();
    for (const row of rows) known.set(row.id, row);
    return known;
  }
}

type PostedCharge = Pick<Charge, 'delivered' | 'source'> & { readonly earnedById?: Id | null };

/** A fee for a reminder is no sale. */
function accountOf(charge: PostedCharge | null | undefined) {
  if (charge?.source === 'reminder_fee') return reminderFees;
  if (charge && !charge.delivered) return deferred;
  return (vatRateBp: number, productId: Id | null) => revenue(vatRateBp, productId, charge?.earnedById ?? null);
}
