import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';

/** Invoices that are being written, and to whom a student's invoices are written. */
export class Migration20261124000400_invoice_drafts extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE billing_details (
      school_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      payer_name varchar(200) NULL,
      address_line varchar(200) NULL,
      postcode varchar(20) NULL,
      city varchar(100) NULL,
      cvr varchar(8) NULL,
      ean varchar(13) NULL,
      reference varchar(100) NULL,
      PRIMARY KEY (school_id, student_id),
      CONSTRAINT billing_details_of FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
    ) ${table}`);
    this.addSql(`CREATE TABLE invoice_drafts (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      currency char(3) NOT NULL,
      payment_terms_days int NULL,
      reference varchar(100) NULL,
      created_by binary(16) NOT NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY invoice_drafts_school_id (school_id, id),
      KEY invoice_drafts_student (school_id, student_id, id),
      CONSTRAINT invoice_drafts_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT invoice_drafts_terms CHECK (payment_terms_days BETWEEN 0 AND 90)
    ) ${table}`);
    this.addSql(`CREATE TABLE invoice_draft_lines (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      draft_id binary(16) NOT NULL,
      position int NOT NULL,
      charge_id binary(16) NULL,
      description varchar(200) NULL,
      quantity int NULL,
      unit_gross_minor bigint NULL,
      vat_rate_bp int NULL,
      UNIQUE KEY invoice_draft_lines_school_id (school_id, id),
      UNIQUE KEY invoice_draft_lines_position (school_id, draft_id, position),
      KEY invoice_draft_lines_charge (school_id, charge_id),
      CONSTRAINT invoice_draft_lines_of_draft FOREIGN KEY (school_id, draft_id) REFERENCES invoice_drafts (school_id, id) ON DELETE CASCADE,
      CONSTRAINT invoice_draft_lines_of_charge FOREIGN KEY (school_id, charge_id) REFERENCES charges (school_id, id),
      CONSTRAINT invoice_draft_lines_says CHECK (charge_id IS NOT NULL
        OR (description IS NOT NULL AND quantity > 0 AND unit_gross_minor > 0 AND vat_rate_bp BETWEEN 0 AND 10000))
    ) ${table}`);
  }

  override down(): void {
    for (const name of ['invoice_draft_lines', 'invoice_drafts', 'billing_details']) this.addSql(`DROP TABLE ${name}`);
  }
}
