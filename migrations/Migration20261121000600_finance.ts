import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';

/** Money: settings, the ledger, invoices with their charges and lines, payments with their allocations and refunds. */
export class Migration20261121000600_finance extends Migration {
  override up(): void {
    this.settings();
    this.ledger();
    this.invoices();
    this.payments();
    this.locks();
  }

  override down(): void {
    const tables = [
      'payment_allocations',
      'refunds',
      'payments',
      'invoice_lines',
      'charges',
      'invoices',
      'ledger_transfers',
      'ledger_accounts',
      'invoice_counters',
      'finance_settings',
    ];
    for (const name of tables) this.addSql(`DROP TABLE ${name}`);
  }

  private settings(): void {
    this.addSql(`CREATE TABLE finance_settings (
      school_id binary(16) NOT NULL PRIMARY KEY,
      payment_terms_days int NOT NULL,
      bank_account varchar(40) NULL,
      CONSTRAINT finance_settings_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT finance_settings_terms CHECK (payment_terms_days BETWEEN 0 AND 90)
    ) ${table}`);
    this.addSql(`CREATE TABLE invoice_counters (
      school_id binary(16) NOT NULL PRIMARY KEY,
      last_number int NOT NULL,
      CONSTRAINT invoice_counters_school FOREIGN KEY (school_id) REFERENCES schools (id)
    ) ${table}`);
  }

  private ledger(): void {
    this.addSql(`CREATE TABLE ledger_accounts (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      account_key varchar(80) NOT NULL,
      code varchar(10) NOT NULL,
      name varchar(100) NOT NULL,
      kind varchar(40) NOT NULL,
      currency char(3) NOT NULL,
      vat_rate_bp int NULL,
      student_id binary(16) NULL,
      UNIQUE KEY ledger_accounts_school_id (school_id, id),
      UNIQUE KEY ledger_accounts_key (school_id, account_key, currency),
      KEY ledger_accounts_student (school_id, student_id),
      CONSTRAINT ledger_accounts_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT ledger_accounts_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT ledger_accounts_kind CHECK (kind IN ('asset', 'liability', 'revenue', 'expense'))
    ) ${table}`);
    this.addSql(`CREATE TABLE ledger_transfers (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      debit_account_id binary(16) NOT NULL,
      credit_account_id binary(16) NOT NULL,
      amount_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      occurred_on date NOT NULL,
      source varchar(40) NOT NULL,
      source_id binary(16) NOT NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY ledger_transfers_once (school_id, source, source_id, debit_account_id, credit_account_id),
      KEY ledger_transfers_day (school_id, occurred_on, id),
      KEY ledger_transfers_debit (school_id, debit_account_id, occurred_on),
      KEY ledger_transfers_credit (school_id, credit_account_id, occurred_on),
      CONSTRAINT ledger_transfers_debited FOREIGN KEY (school_id, debit_account_id) REFERENCES ledger_accounts (school_id, id),
      CONSTRAINT ledger_transfers_credited FOREIGN KEY (school_id, credit_account_id) REFERENCES ledger_accounts (school_id, id),
      CONSTRAINT ledger_transfers_amount CHECK (amount_minor > 0),
      CONSTRAINT ledger_transfers_accounts CHECK (debit_account_id <> credit_account_id)
    ) ${table}`);
  }

  private invoices(): void {
    this.addSql(`CREATE TABLE invoices (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      kind varchar(40) NOT NULL,
      number int NULL,
      student_id binary(16) NOT NULL,
      currency char(3) NOT NULL,
      net_minor bigint NOT NULL,
      vat_minor bigint NOT NULL,
      gross_minor bigint NOT NULL,
      paid_minor bigint NOT NULL,
      credited_minor bigint NOT NULL,
      state varchar(40) NOT NULL,
      seller json NOT NULL,
      buyer json NOT NULL,
      locale varchar(5) NOT NULL,
      issued_on date NOT NULL,
      issued_at datetime(3) NOT NULL,
      due_on date NOT NULL,
      credits_invoice_id binary(16) NULL,
      UNIQUE KEY invoices_school_id (school_id, id),
      UNIQUE KEY invoices_number (school_id, number),
      KEY invoices_student (school_id, student_id, id),
      KEY invoices_state (school_id, state, id),
      KEY invoices_credits (school_id, credits_invoice_id),
      CONSTRAINT invoices_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT invoices_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT invoices_credited FOREIGN KEY (school_id, credits_invoice_id) REFERENCES invoices (school_id, id),
      CONSTRAINT invoices_kind CHECK (kind IN ('invoice', 'credit_note')),
      CONSTRAINT invoices_state_known CHECK (state IN ('issued', 'paid', 'credited')),
      CONSTRAINT invoices_total CHECK (net_minor + vat_minor = gross_minor),
      CONSTRAINT invoices_settled CHECK (kind = 'credit_note' OR (paid_minor >= 0 AND credited_minor >= 0 AND paid_minor + credited_minor <= gross_minor))
    ) ${table}`);
    this.addSql(`CREATE TABLE charges (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      source varchar(40) NOT NULL,
      source_id binary(16) NOT NULL,
      description varchar(200) NOT NULL,
      gross_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      vat_rate_bp int NOT NULL,
      state varchar(40) NOT NULL,
      invoice_id binary(16) NULL,
      occurred_at datetime(3) NOT NULL,
      UNIQUE KEY charges_school_id (school_id, id),
      UNIQUE KEY charges_source (school_id, source, source_id),
      KEY charges_student (school_id, student_id, state),
      KEY charges_invoice (school_id, invoice_id),
      CONSTRAINT charges_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT charges_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT charges_invoiced FOREIGN KEY (school_id, invoice_id) REFERENCES invoices (school_id, id),
      CONSTRAINT charges_state CHECK (state IN ('open', 'invoiced', 'voided')),
      CONSTRAINT charges_amount CHECK (gross_minor > 0),
      CONSTRAINT charges_vat CHECK (vat_rate_bp BETWEEN 0 AND 10000)
    ) ${table}`);
    this.addSql(`CREATE TABLE invoice_lines (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      invoice_id binary(16) NOT NULL,
      position int NOT NULL,
      charge_id binary(16) NULL,
      credits_line_id binary(16) NULL,
      description varchar(200) NOT NULL,
      quantity int NOT NULL,
      unit_gross_minor bigint NOT NULL,
      vat_rate_bp int NOT NULL,
      net_minor bigint NOT NULL,
      vat_minor bigint NOT NULL,
      gross_minor bigint NOT NULL,
      UNIQUE KEY invoice_lines_school_id (school_id, id),
      UNIQUE KEY invoice_lines_position (school_id, invoice_id, position),
      KEY invoice_lines_charge (school_id, charge_id),
      KEY invoice_lines_credits (school_id, credits_line_id),
      CONSTRAINT invoice_lines_invoice FOREIGN KEY (school_id, invoice_id) REFERENCES invoices (school_id, id),
      CONSTRAINT invoice_lines_of_charge FOREIGN KEY (school_id, charge_id) REFERENCES charges (school_id, id),
      CONSTRAINT invoice_lines_credited FOREIGN KEY (school_id, credits_line_id) REFERENCES invoice_lines (school_id, id),
      CONSTRAINT invoice_lines_total CHECK (net_minor + vat_minor = gross_minor AND quantity * unit_gross_minor = gross_minor)
    ) ${table}`);
  }

  private payments(): void {
    this.addSql(`CREATE TABLE payments (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      invoice_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      provider varchar(40) NOT NULL,
      provider_ref varchar(255) CHARACTER SET ascii COLLATE ascii_bin NULL,
      charge_ref varchar(255) CHARACTER SET ascii COLLATE ascii_bin NULL,
      state varchar(40) NOT NULL,
      amount_minor bigint NOT NULL,
      received_minor bigint NOT NULL,
      refunded_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      checkout_url varchar(2000) NULL,
      open_for binary(16) NULL,
      failure varchar(100) NULL,
      created_at datetime(3) NOT NULL,
      expires_at datetime(3) NOT NULL,
      next_check_at datetime(3) NULL,
      checks int NOT NULL,
      settled_at datetime(3) NULL,
      UNIQUE KEY payments_school_id (school_id, id),
      UNIQUE KEY payments_provider_ref (provider, provider_ref),
      UNIQUE KEY payments_open_for (school_id, open_for),
      KEY payments_invoice (school_id, invoice_id),
      KEY payments_student (school_id, student_id, id),
      KEY payments_next_check (next_check_at),
      CONSTRAINT payments_of_invoice FOREIGN KEY (school_id, invoice_id) REFERENCES invoices (school_id, id),
      CONSTRAINT payments_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT payments_state CHECK (state IN ('created', 'pending', 'unknown', 'succeeded', 'failed', 'expired')),
      CONSTRAINT payments_amount CHECK (amount_minor > 0 AND received_minor >= 0 AND refunded_minor BETWEEN 0 AND received_minor)
    ) ${table}`);
    this.addSql(`CREATE TABLE payment_allocations (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      payment_id binary(16) NOT NULL,
      invoice_id binary(16) NOT NULL,
      amount_minor bigint NOT NULL,
      source varchar(40) NOT NULL,
      source_id binary(16) NOT NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY payment_allocations_once (school_id, source, source_id, payment_id, invoice_id),
      KEY payment_allocations_payment (school_id, payment_id),
      KEY payment_allocations_invoice (school_id, invoice_id),
      CONSTRAINT payment_allocations_of_payment FOREIGN KEY (school_id, payment_id) REFERENCES payments (school_id, id),
      CONSTRAINT payment_allocations_to_invoice FOREIGN KEY (school_id, invoice_id) REFERENCES invoices (school_id, id),
      CONSTRAINT payment_allocations_source CHECK (source IN ('payment', 'refund', 'credit_note'))
    ) ${table}`);
    this.addSql(`CREATE TABLE refunds (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      payment_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      amount_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      state varchar(40) NOT NULL,
      provider_ref varchar(255) CHARACTER SET ascii COLLATE ascii_bin NULL,
      reason varchar(200) NOT NULL,
      requested_by binary(16) NOT NULL,
      failure varchar(100) NULL,
      created_at datetime(3) NOT NULL,
      next_check_at datetime(3) NULL,
      checks int NOT NULL,
      settled_at datetime(3) NULL,
      UNIQUE KEY refunds_school_id (school_id, id),
      KEY refunds_payment (school_id, payment_id),
      KEY refunds_student (school_id, student_id),
      KEY refunds_next_check (next_check_at),
      CONSTRAINT refunds_of_payment FOREIGN KEY (school_id, payment_id) REFERENCES payments (school_id, id),
      CONSTRAINT refunds_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT refunds_state CHECK (state IN ('requested', 'pending', 'unknown', 'succeeded', 'failed')),
      CONSTRAINT refunds_amount CHECK (amount_minor > 0)
    ) ${table}`);
  }

  /** What has been booked stays booked: the database itself refuses to change it. */
  private locks(): void {
    for (const locked of ['ledger_transfers', 'invoice_lines', 'payment_allocations']) {
      this.refuse(`${locked}_no_update`, `BEFORE UPDATE ON ${locked}`, `${locked} is append-only`);
      this.refuse(`${locked}_no_delete`, `BEFORE DELETE ON ${locked}`, `${locked} is append-only`);
    }
    this.refuse('invoices_no_delete', 'BEFORE DELETE ON invoices', 'an invoice is never deleted');
    const fixed = [
      'school_id',
      'kind',
      'student_id',
      'currency',
      'net_minor',
      'vat_minor',
      'gross_minor',
      'seller',
      'buyer',
      'issued_on',
      'due_on',
    ];
    const changed = ['number', ...fixed].map((column) => `NOT (NEW.${column} <=> OLD.${column})`).join(' OR ');
    this.addSql(`CREATE TRIGGER invoices_fixed BEFORE UPDATE ON invoices FOR EACH ROW
      IF OLD.number IS NOT NULL AND (${changed}) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'an issued invoice is never changed: credit it';
      END IF`);
  }

  private refuse(name: string, event: string, message: string): void {
    this.addSql(`CREATE TRIGGER ${name} ${event} FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${message}'`);
  }
}
