import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Verifies } from '../../../../platform/verification/verifies.js';
import { type Check, findingsOf } from '../../../../platform/verification/findings-of.js';

const checks: readonly Check[] = [
  {
    name: 'a plan’s instalments are what was agreed',
    sql: `SELECT p.id AS subject, CONCAT('agreed ', p.total_minor, ', instalments ', COALESCE(SUM(i.amount_minor), 0)) AS detail
      FROM instalment_plans p LEFT JOIN instalments i ON i.school_id = p.school_id AND i.plan_id = p.id
      WHERE p.school_id = :school GROUP BY p.id, p.total_minor HAVING p.total_minor <> COALESCE(SUM(i.amount_minor), 0)`,
  },
  {
    name: 'an instalment is the sum of its charges, until it is cancelled',
    sql: `SELECT i.id AS subject, CONCAT('is ', i.amount_minor, ', charges ', COALESCE(SUM(c.gross_minor), 0)) AS detail
      FROM instalments i LEFT JOIN charges c ON c.school_id = i.school_id AND c.instalment_id = i.id
      WHERE i.school_id = :school AND i.state <> 'cancelled' GROUP BY i.id, i.amount_minor
      HAVING i.amount_minor <> COALESCE(SUM(c.gross_minor), 0)`,
  },
  {
    name: 'what an instalment was invoiced for is on its invoice, and waits where it was not',
    sql: `SELECT c.id AS subject, CONCAT(c.state, ' in an instalment that is ', i.state) AS detail FROM instalments i
      JOIN charges c ON c.school_id = i.school_id AND c.instalment_id = i.id
      WHERE i.school_id = :school AND c.state <> 'voided'
        AND NOT (c.invoice_id <=> i.invoice_id AND (c.state = 'open') = (i.state = 'planned'))`,
  },
  {
    name: 'nothing waits in a plan that has ended',
    sql: `SELECT i.id AS subject, CONCAT(i.state, ' in a plan that has ended') AS detail FROM instalments i
      JOIN instalment_plans p ON p.school_id = i.school_id AND p.id = i.plan_id
      WHERE i.school_id = :school AND p.state = 'ended' AND (i.state = 'planned' OR i.next_charge_on IS NOT NULL)`,
  },
  {
    name: 'the pieces of a charge are of one student, product and VAT rate',
    sql: `SELECT c.id AS subject, CONCAT('piece ', c.piece) AS detail FROM charges c
      LEFT JOIN charges f ON f.school_id = c.school_id AND f.source = c.source AND f.source_id = c.source_id AND f.piece = 0
      WHERE c.school_id = :school AND c.piece > 0 AND (f.id IS NULL OR f.student_id <> c.student_id
        OR NOT (f.product_id <=> c.product_id) OR f.vat_rate_bp <> c.vat_rate_bp OR f.currency <> c.currency)`,
  },
];

/** Proves that instalments are made of what they were agreed on, and invoiced once. */
@Injectable()
export class InstalmentAudit {
  constructor(private readonly em: EntityManager) {}

  @Verifies('finance: instalments')
  verify(): Promise<string[]> {
    return findingsOf(this.em, checks);
  }
}
