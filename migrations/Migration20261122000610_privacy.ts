import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';

const fixed = [
  'number',
  'school_id',
  'kind',
  'student_id',
  'currency',
  'net_minor',
  'vat_minor',
  'gross_minor',
  'seller',
  'issued_on',
  'due_on',
];
const differs = (columns: readonly string[]) =>
  columns.map((column) => `NOT (NEW.${column} <=> OLD.${column})`).join(' OR ');
// Five years after the end of the year of issue.
const isKept = (issuedOn: string) => `YEAR(${issuedOn}) >= YEAR(UTC_DATE()) - 5`;

/** Exports and erasures of students; and vouchers that may forget their buyer, but no sooner than the law allows. */
export class Migration20261122000610_privacy extends Migration {
  override up(): void {
    this.exports();
    this.erasures();
    this.addSql('DROP TRIGGER invoices_fixed');
    this.addSql(`CREATE TRIGGER invoices_fixed BEFORE UPDATE ON invoices FOR EACH ROW
      IF OLD.number IS NOT NULL AND (${differs(fixed)}
        OR (NOT (NEW.buyer <=> OLD.buyer)
          AND (${isKept('OLD.issued_on')} OR NOT (JSON_UNQUOTE(JSON_EXTRACT(NEW.buyer, '$.name')) <=> '—')))) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'an issued invoice is never changed: credit it';
      END IF`);
    this.addSql('DROP TRIGGER invoice_lines_no_update');
    this.addSql(`CREATE TRIGGER invoice_lines_no_update BEFORE UPDATE ON invoice_lines FOR EACH ROW
      IF ${differs(['id', 'school_id', 'invoice_id', 'position', 'charge_id', 'credits_line_id', 'quantity'])}
        OR ${differs(['unit_gross_minor', 'vat_rate_bp', 'net_minor', 'vat_minor', 'gross_minor'])}
        OR NEW.description <> '—'
        OR EXISTS (SELECT 1 FROM invoices i WHERE i.id = OLD.invoice_id AND ${isKept('i.issued_on')}) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'invoice_lines is append-only';
      END IF`);
  }

  override down(): void {
    this.addSql('DROP TRIGGER invoice_lines_no_update');
    this.addSql(`CREATE TRIGGER invoice_lines_no_update BEFORE UPDATE ON invoice_lines FOR EACH ROW
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'invoice_lines is append-only'`);
    this.addSql('DROP TRIGGER invoices_fixed');
    this.addSql(`CREATE TRIGGER invoices_fixed BEFORE UPDATE ON invoices FOR EACH ROW
      IF OLD.number IS NOT NULL AND (${differs([...fixed, 'buyer'])}) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'an issued invoice is never changed: credit it';
      END IF`);
    this.addSql('DROP TABLE student_erasure_parts');
    this.addSql('DROP TABLE student_erasures');
    this.addSql('DROP TABLE student_data_exports');
  }

  private exports(): void {
    this.addSql(`CREATE TABLE student_data_exports (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      file_id binary(16) NULL,
      state varchar(40) NOT NULL,
      requested_by binary(16) NOT NULL,
      requested_at datetime(3) NOT NULL,
      expires_at datetime(3) NOT NULL,
      UNIQUE KEY student_data_exports_school_id (school_id, id),
      KEY student_data_exports_student (school_id, student_id),
      KEY student_data_exports_file (school_id, file_id),
      KEY student_data_exports_expires (expires_at),
      CONSTRAINT student_data_exports_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT student_data_exports_in_file FOREIGN KEY (school_id, file_id) REFERENCES stored_files (school_id, id),
      CONSTRAINT student_data_exports_state CHECK (state IN ('being_made', 'ready'))
    ) ${table}`);
  }

  private erasures(): void {
    this.addSql(`CREATE TABLE student_erasures (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      reason varchar(40) NOT NULL,
      requested_by binary(16) NULL,
      requested_at datetime(3) NOT NULL,
      identity text NULL,
      erased_at datetime(3) NULL,
      UNIQUE KEY student_erasures_school_id (school_id, id),
      UNIQUE KEY student_erasures_student (school_id, student_id),
      CONSTRAINT student_erasures_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT student_erasures_reason CHECK (reason IN ('student_asked', 'guardian_asked', 'not_needed'))
    ) ${table}`);
    this.addSql(`CREATE TABLE student_erasure_parts (
      school_id binary(16) NOT NULL,
      erasure_id binary(16) NOT NULL,
      part varchar(40) NOT NULL,
      state varchar(40) NOT NULL,
      due_on date NULL,
      needs_identity tinyint(1) NOT NULL,
      PRIMARY KEY (school_id, erasure_id, part),
      KEY student_erasure_parts_due (state, due_on),
      CONSTRAINT student_erasure_parts_of_erasure FOREIGN KEY (school_id, erasure_id) REFERENCES student_erasures (school_id, id),
      CONSTRAINT student_erasure_parts_state CHECK (state IN ('open', 'kept', 'done') AND (state = 'kept') = (due_on IS NOT NULL))
    ) ${table}`);
  }
}
