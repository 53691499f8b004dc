import { Migration } from '@mikro-orm/migrations';

/**
 * Whose work a charge is, and whose an account of revenue. What has been earned already stays as it was posted: the ledger is never
 * changed, and a credit note takes back from the account that had it.
 */
export class Migration20261125000520_earned_by extends Migration {
  override up(): void {
    this.addSql(`ALTER TABLE charges
      ADD COLUMN earned_by_id binary(16) NULL,
      ADD KEY charges_earned_by (school_id, earned_by_id),
      ADD CONSTRAINT charges_of_teacher FOREIGN KEY (school_id, earned_by_id) REFERENCES teachers (school_id, id)`);
    this.addSql(`ALTER TABLE ledger_accounts
      MODIFY account_key varchar(120) NOT NULL,
      ADD COLUMN teacher_id binary(16) NULL`);
    this.addSql(`UPDATE charges c JOIN bookings b ON b.school_id = c.school_id AND b.id = c.source_id
      SET c.earned_by_id = b.teacher_id
      WHERE c.source IN ('booking', 'prepayment', 'late_prepayment') AND (c.delivered = false OR c.state = 'open')`);
    this.addSql(`UPDATE charges c JOIN package_units u ON u.school_id = c.school_id AND u.id = c.source_id
      JOIN bookings b ON b.school_id = u.school_id AND b.id = u.booking_id
      SET c.earned_by_id = b.teacher_id
      WHERE c.source = 'package' AND (c.delivered = false OR c.state = 'open')`);
  }

  override down(): void {
    this.addSql('ALTER TABLE ledger_accounts DROP COLUMN teacher_id, MODIFY account_key varchar(80) NOT NULL');
    this.addSql(`ALTER TABLE charges
      DROP FOREIGN KEY charges_of_teacher, DROP KEY charges_earned_by, DROP COLUMN earned_by_id`);
  }
}
