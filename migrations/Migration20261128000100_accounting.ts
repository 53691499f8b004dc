import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';
const ref = (length: number) => `varchar(${length}) CHARACTER SET ascii COLLATE ascii_bin`;

/** Schools' ties to their bookkeeping, and one record of everything that is sent to it. */
export class Migration20261128000100_accounting extends Migration {
  override up(): void {
    this.addSql('ALTER TABLE ledger_transfers ADD KEY ledger_transfers_age (school_id, id)');
    this.addSql(`CREATE TABLE accounting_connections (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      provider varchar(40) NOT NULL,
      company_id varchar(100) NULL,
      company_name varchar(200) NULL,
      state varchar(40) NOT NULL,
      active_for binary(16) NULL,
      credentials text NULL,
      expires_at datetime(3) NULL,
      renewing_until datetime(3) NULL,
      companies json NULL,
      mode varchar(40) NOT NULL,
      sync_on tinyint(1) NOT NULL,
      pace varchar(40) NOT NULL,
      period varchar(40) NOT NULL,
      layout json NOT NULL,
      starts_on date NOT NULL,
      closed_through date NULL,
      scanned_through binary(16) NULL,
      next_sync_at datetime(3) NULL,
      lease_until datetime(3) NULL,
      lease_id binary(16) NULL,
      last_run_at datetime(3) NULL,
      last_success_at datetime(3) NULL,
      last_error varchar(200) NULL,
      connected_by binary(16) NULL,
      connected_at datetime(3) NOT NULL,
      disconnected_at datetime(3) NULL,
      disconnect_reason varchar(200) NULL,
      UNIQUE KEY accounting_connections_school_id (school_id, id),
      UNIQUE KEY accounting_connections_active (active_for),
      KEY accounting_connections_company (school_id, provider, company_id),
      KEY accounting_connections_due (state, next_sync_at),
      CONSTRAINT accounting_connections_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT accounting_connections_state CHECK (state IN ('choosing', 'connected', 'disconnected')),
      CONSTRAINT accounting_connections_one CHECK ((state = 'disconnected') = (active_for IS NULL)),
      CONSTRAINT accounting_connections_mode CHECK (mode IN ('documents', 'journals'))
    ) ${table}`);
    this.addSql(`CREATE TABLE accounting_consents (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      provider varchar(40) NOT NULL,
      state_hash ${ref(64)} NOT NULL,
      asked_by binary(16) NOT NULL,
      expires_at datetime(3) NOT NULL,
      used_at datetime(3) NULL,
      UNIQUE KEY accounting_consents_school_id (school_id, id),
      UNIQUE KEY accounting_consents_state (state_hash),
      KEY accounting_consents_expiry (expires_at),
      CONSTRAINT accounting_consents_school FOREIGN KEY (school_id) REFERENCES schools (id)
    ) ${table}`);
    this.addSql(`CREATE TABLE accounting_mappings (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      connection_id binary(16) NOT NULL,
      kind varchar(40) NOT NULL,
      ours ${ref(60)} NOT NULL,
      theirs varchar(60) NOT NULL,
      UNIQUE KEY accounting_mappings_once (school_id, connection_id, kind, ours),
      CONSTRAINT accounting_mappings_connection FOREIGN KEY (school_id, connection_id)
        REFERENCES accounting_connections (school_id, id),
      CONSTRAINT accounting_mappings_kind CHECK (kind IN ('account', 'tax', 'product'))
    ) ${table}`);
    this.addSql(`CREATE TABLE accounting_records (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      connection_id binary(16) NOT NULL,
      kind varchar(40) NOT NULL,
      step int NOT NULL,
      reference ${ref(60)} NOT NULL,
      source varchar(40) NULL,
      subject_id binary(16) NULL,
      student_id binary(16) NULL,
      occurred_on date NOT NULL,
      until_on date NOT NULL,
      amount_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      state varchar(40) NOT NULL,
      books_id varchar(190) NULL,
      books_number varchar(100) NULL,
      voucher varchar(40) NOT NULL,
      content_hash ${ref(64)} NULL,
      sent json NULL,
      attempts int NOT NULL,
      next_try_at datetime(3) NULL,
      waits_for binary(16) NULL,
      error varchar(300) NULL,
      created_at datetime(3) NOT NULL,
      booked_at datetime(3) NULL,
      UNIQUE KEY accounting_records_school_id (school_id, id),
      UNIQUE KEY accounting_records_once (school_id, connection_id, kind, reference),
      KEY accounting_records_subject (school_id, kind, subject_id),
      KEY accounting_records_due (connection_id, next_try_at, step, id),
      KEY accounting_records_waiting (connection_id, waits_for),
      KEY accounting_records_day (school_id, connection_id, kind, occurred_on),
      KEY accounting_records_list (school_id, connection_id, id),
      KEY accounting_records_state (school_id, connection_id, state, id),
      CONSTRAINT accounting_records_connection FOREIGN KEY (school_id, connection_id)
        REFERENCES accounting_connections (school_id, id),
      CONSTRAINT accounting_records_kind
        CHECK (kind IN ('customer', 'invoice', 'credit_note', 'payment', 'refund', 'journal')),
      CONSTRAINT accounting_records_state CHECK (state IN ('waiting', 'sending', 'unknown', 'failed', 'booked')),
      CONSTRAINT accounting_records_booked CHECK (state <> 'booked' OR books_id IS NOT NULL),
      CONSTRAINT accounting_records_voucher CHECK (voucher IN ('none', 'wanted', 'attached'))
    ) ${table}`);
    this.addSql(`CREATE TABLE accounting_files (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      connection_id binary(16) NOT NULL,
      file_id binary(16) NULL,
      name varchar(120) NOT NULL,
      kind varchar(40) NOT NULL,
      reference ${ref(60)} NOT NULL,
      occurred_on date NOT NULL,
      amount_minor bigint NULL,
      currency char(3) NULL,
      bytes bigint NOT NULL,
      sha256 ${ref(64)} NOT NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY accounting_files_school_id (school_id, id),
      UNIQUE KEY accounting_files_name (school_id, connection_id, name),
      UNIQUE KEY accounting_files_file (school_id, file_id),
      KEY accounting_files_day (school_id, connection_id, kind, occurred_on),
      KEY accounting_files_age (occurred_on),
      CONSTRAINT accounting_files_connection FOREIGN KEY (school_id, connection_id)
        REFERENCES accounting_connections (school_id, id),
      CONSTRAINT accounting_files_stored FOREIGN KEY (school_id, file_id) REFERENCES stored_files (school_id, id)
    ) ${table}`);
    this.addSql("DELETE FROM schedules WHERE name = 'finance.export-journal'");
  }

  override down(): void {
    for (const name of ['files', 'records', 'mappings', 'consents', 'connections'])
      this.addSql(`DROP TABLE accounting_${name}`);
    this.addSql('ALTER TABLE ledger_transfers DROP KEY ledger_transfers_age');
  }
}
