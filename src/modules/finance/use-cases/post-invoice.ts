import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bins, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { assertTransaction } from '../../../platform/database/transaction.js';
import type { Id } from '../../../platform/values/id.js';
import { deferred, outputVat, receivables, revenue } from '../domain/account-plan.js';
import type { ChargeSchema } from '../domain/charge.js';
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

  async execute(invoice: Invoice, lines: readonly PostedLine[]): Promise<void> {
    assertTransaction('PostInvoice.execute()');
    const undelivered = await this.undelivered(lines);
    const owed = receivables(invoice.studentId);
    const postings = lines.flatMap((line): Posting[] => {
      const { net, vat } = priceLine(line);
      const account = line.chargeId && undelivered.has(line.chargeId) ? deferred : revenue;
      return [
        { debit: owed, credit: account(line.vatRateBp, line.productId), amount: net },
        { debit: owed, credit: outputVat(line.vatRateBp), amount: vat },
      ];
    });
    const { kind: source, id: sourceId, issuedOn: occurredOn } = invoice;
    await this.postTransfers.execute({ source, sourceId, occurredOn }, postings);
  }

  /** Locked, so that none is delivered before these entries can be seen. */
  private async undelivered(lines: readonly PostedLine[]): Promise<Set<Id>> {
    const ids = [...new Set(lines.flatMap(({ chargeId }) => chargeId ?? []))].sort();
    if (ids.length === 0) return new Set();
    const rows = await schoolQuery<Tables<typeof ChargeSchema>>(this.em)
      .selectFrom('charges')
      .select(['id', 'delivered'])
      .where('id', 'in', bins(ids))
      .forUpdate()
      .execute();
    return new Set(rows.filter(({ delivered }) => !delivered).map(({ id }) => id));
  }
}
