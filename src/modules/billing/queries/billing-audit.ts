import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Verifies } from '../../../platform/verification/verifies.js';
import { type Check, findingsOf } from '../../../platform/verification/findings-of.js';

/** Of the seller's books, and of each school's own subscription. */
const billingChecks: readonly Check[] = [
  {
    name: 'a bill that is owed has an invoice with its total',
    sql: `SELECT b.id AS subject, CONCAT(b.state, ' ', b.total_minor, ', invoice ', COALESCE(i.gross_minor, 'none')) AS detail FROM subscription_bills b
      LEFT JOIN invoices i ON i.school_id = b.school_id AND i.id = b.invoice_id
      WHERE b.school_id = :school AND b.state IN ('paid', 'uncollectible') AND b.total_minor > 0
        AND (i.id IS NULL OR i.gross_minor <> b.total_minor)`,
  },
  {
    name: 'a bill’s payment is of the money that the gateway has taken, and for the bill’s invoice',
    sql: `SELECT b.id AS subject, CONCAT('received ', b.received_minor, ', payment ', p.received_minor) AS detail FROM subscription_bills b
      JOIN payments p ON p.school_id = b.school_id AND p.id = b.payment_id
      WHERE b.school_id = :school AND (p.received_minor <> b.received_minor OR p.provider <> b.provider OR NOT (p.invoice_id <=> b.invoice_id))`,
  },
  {
    name: 'a void bill is credited, or written off',
    sql: `SELECT b.id AS subject, i.state AS detail FROM subscription_bills b
      JOIN invoices i ON i.school_id = b.school_id AND i.id = b.invoice_id
      WHERE b.school_id = :school AND b.state = 'void' AND i.credited_minor + i.written_off_minor <> i.gross_minor`,
  },
  {
    name: 'a subscription at the gateway came of a checkout',
    sql: `SELECT s.id AS subject, s.provider_ref AS detail FROM subscriptions s
      LEFT JOIN subscription_steps t ON t.school_id = s.school_id AND t.kind = 'checkout' AND t.provider = s.provider AND t.subscription_ref = s.provider_ref
      WHERE s.school_id = :school AND s.provider_ref IS NOT NULL AND t.id IS NULL`,
  },
];

/** Proves that what schools were billed is in the seller's books. */
@Injectable()
export class BillingAudit {
  constructor(private readonly em: EntityManager) {}

  @Verifies('billing: subscriptions and their bills')
  verify(): Promise<string[]> {
    return findingsOf(this.em, billingChecks);
  }
}
