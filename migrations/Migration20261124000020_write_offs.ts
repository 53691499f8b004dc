import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';

/** What students will never pay of their invoices, and what came after all. */
export class Migration20261124000020_write_offs extends Migration {
  override up(): void {
    this.addSql('ALTER TABLE invoices ADD COLUMN written_off_minor bigint NOT NULL DEFAULT 0');
    this.settled('paid_minor + credited_minor + written_off_minor', ' AND written_off_minor >= 0', ", 'written_off'");
    this.addSql(`CREATE TABLE write_offs (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      invoice_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      amount_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      reason varchar(500) NOT NULL,
      written_off_by binary(16) NOT NULL,
      written_off_at datetime(3) NOT NULL,
      reversed_by binary(16) NULL,
      reversed_at datetime(3) NULL,
      reverse_reason varchar(500) NULL,
      UNIQUE KEY write_offs_school_id (school_id, id),
      KEY write_offs_invoice (school_id, invoice_id, id),
      KEY write_offs_student (school_id, student_id, id),
      CONSTRAINT write_offs_of_invoice FOREIGN KEY (school_id, invoice_id) REFERENCES invoices (school_id, id),
      CONSTRAINT write_offs_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT write_offs_amount CHECK (amount_minor > 0)
    ) ${table}`);
  }

  override down(): void {
    this.addSql('DROP TABLE write_offs');
    this.settled('paid_minor + credited_minor', '', '');
    this.addSql('ALTER TABLE invoices DROP COLUMN written_off_minor');
  }

  private settled(sum: string, more: string, states: string): void {
    this.addSql('ALTER TABLE invoices DROP CONSTRAINT invoices_settled');
    this.addSql(`ALTER TABLE invoices ADD CONSTRAINT invoices_settled
      CHECK (kind = 'credit_note' OR (paid_minor >= 0 AND credited_minor >= 0${more} AND ${sum} <= gross_minor))`);
    this.addSql('ALTER TABLE invoices DROP CONSTRAINT invoices_state_known');
    this.addSql(`ALTER TABLE invoices ADD CONSTRAINT invoices_state_known
      CHECK (state IN ('issued', 'paid', 'credited'${states}))`);
  }
}
