import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';

/** Up to which day a school's books are closed. The database itself refuses what is dated then. */
export class Migration20261124000010_closed_periods extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE ledger_books (
      school_id binary(16) NOT NULL PRIMARY KEY,
      closed_through date NULL,
      CONSTRAINT ledger_books_school FOREIGN KEY (school_id) REFERENCES schools (id)
    ) ${table}`);
    this.addSql('INSERT INTO ledger_books (school_id) SELECT id FROM schools');
    this.addSql(`CREATE TABLE ledger_closings (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      closed_through date NOT NULL,
      closed_by binary(16) NOT NULL,
      closed_at datetime(3) NOT NULL,
      reopened_by binary(16) NULL,
      reopened_at datetime(3) NULL,
      reopen_reason varchar(500) NULL,
      UNIQUE KEY ledger_closings_school_id (school_id, id),
      CONSTRAINT ledger_closings_school FOREIGN KEY (school_id) REFERENCES ledger_books (school_id),
      CONSTRAINT ledger_closings_reopened CHECK ((reopened_at IS NULL) = (reopen_reason IS NULL))
    ) ${table}`);
    // The row stays shared until the transaction ends: whoever closes waits for what is being posted, and the other way round.
    this.addSql(`CREATE TRIGGER ledger_transfers_open_period BEFORE INSERT ON ledger_transfers FOR EACH ROW
      BEGIN
        DECLARE through date DEFAULT NULL;
        SELECT closed_through INTO through FROM ledger_books WHERE school_id = NEW.school_id LOCK IN SHARE MODE;
        IF through >= NEW.occurred_on THEN
          SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the books are closed for that day';
        END IF;
      END`);
  }

  override down(): void {
    this.addSql('DROP TRIGGER ledger_transfers_open_period');
    this.addSql('DROP TABLE ledger_closings');
    this.addSql('DROP TABLE ledger_books');
  }
}
