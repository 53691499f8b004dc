import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';

/** What a bank says came in, line by line, and which payment each became. */
export class Migration20261124000830_bank_statements extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE bank_statements (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      read_lines int NOT NULL,
      new_lines int NOT NULL,
      uploaded_by binary(16) NOT NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY bank_statements_school_id (school_id, id),
      CONSTRAINT bank_statements_school FOREIGN KEY (school_id) REFERENCES schools (id)
    ) ${table}`);
    this.addSql(`CREATE TABLE bank_lines (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      statement_id binary(16) NOT NULL,
      hash char(64) NOT NULL,
      booked_on date NOT NULL,
      amount_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      text varchar(500) NULL,
      state varchar(40) NOT NULL,
      doubt varchar(40) NULL,
      invoice_id binary(16) NULL,
      payment_id binary(16) NULL,
      reason varchar(200) NULL,
      decided_by binary(16) NULL,
      decided_at datetime(3) NULL,
      UNIQUE KEY bank_lines_school_id (school_id, id),
      UNIQUE KEY bank_lines_once (school_id, hash),
      UNIQUE KEY bank_lines_payment (school_id, payment_id),
      KEY bank_lines_statement (school_id, statement_id, state, id),
      KEY bank_lines_state (school_id, state, id),
      KEY bank_lines_invoice (school_id, invoice_id),
      KEY bank_lines_decided (decided_at),
      CONSTRAINT bank_lines_of_statement FOREIGN KEY (school_id, statement_id) REFERENCES bank_statements (school_id, id),
      CONSTRAINT bank_lines_of_invoice FOREIGN KEY (school_id, invoice_id) REFERENCES invoices (school_id, id),
      CONSTRAINT bank_lines_of_payment FOREIGN KEY (school_id, payment_id) REFERENCES payments (school_id, id),
      CONSTRAINT bank_lines_amount CHECK (amount_minor > 0),
      CONSTRAINT bank_lines_states CHECK (state IN ('new', 'matched', 'doubtful', 'ignored')),
      CONSTRAINT bank_lines_matched CHECK ((state = 'matched') = (payment_id IS NOT NULL))
    ) ${table}`);
  }

  override down(): void {
    for (const name of ['bank_lines', 'bank_statements']) this.addSql(`DROP TABLE ${name}`);
  }
}
