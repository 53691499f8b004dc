import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';

/** Tills with notes and coins: opened with a float, counted when they close, and each thing that went in or out. */
export class Migration20261124000810_cash_tills extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE cash_tills (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      name varchar(100) NOT NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY cash_tills_school_id (school_id, id),
      CONSTRAINT cash_tills_school FOREIGN KEY (school_id) REFERENCES schools (id)
    ) ${table}`);
    this.addSql(`CREATE TABLE cash_sessions (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      till_id binary(16) NOT NULL,
      open_for binary(16) NULL,
      currency char(3) NOT NULL,
      float_minor bigint NOT NULL,
      expected_minor bigint NULL,
      counted_minor bigint NULL,
      note varchar(300) NULL,
      opened_by binary(16) NOT NULL,
      opened_at datetime(3) NOT NULL,
      closed_by binary(16) NULL,
      closed_at datetime(3) NULL,
      UNIQUE KEY cash_sessions_school_id (school_id, id),
      UNIQUE KEY cash_sessions_open_for (school_id, open_for),
      KEY cash_sessions_till (school_id, till_id, id),
      CONSTRAINT cash_sessions_of_till FOREIGN KEY (school_id, till_id) REFERENCES cash_tills (school_id, id),
      CONSTRAINT cash_sessions_open CHECK (open_for IS NULL OR open_for = till_id),
      CONSTRAINT cash_sessions_closed CHECK ((open_for IS NULL) = (closed_at IS NOT NULL) AND (open_for IS NULL) = (counted_minor IS NOT NULL)
        AND (open_for IS NULL) = (expected_minor IS NOT NULL)),
      CONSTRAINT cash_sessions_amounts CHECK (float_minor >= 0 AND (counted_minor IS NULL OR counted_minor >= 0))
    ) ${table}`);
    this.addSql(`CREATE TABLE cash_movements (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      session_id binary(16) NOT NULL,
      kind varchar(40) NOT NULL,
      subject_id binary(16) NOT NULL,
      amount_minor bigint NOT NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY cash_movements_school_id (school_id, id),
      UNIQUE KEY cash_movements_once (school_id, kind, subject_id),
      KEY cash_movements_session (school_id, session_id, id),
      CONSTRAINT cash_movements_of_session FOREIGN KEY (school_id, session_id) REFERENCES cash_sessions (school_id, id),
      CONSTRAINT cash_movements_kind CHECK (kind IN ('payment', 'reversal', 'refund', 'banked')),
      CONSTRAINT cash_movements_sign CHECK ((kind = 'payment' AND amount_minor > 0) OR (kind <> 'payment' AND amount_minor < 0))
    ) ${table}`);
    for (const event of ['UPDATE', 'DELETE'])
      this.addSql(`CREATE TRIGGER cash_movements_no_${event.toLowerCase()} BEFORE ${event} ON cash_movements FOR EACH ROW
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'cash_movements is append-only'`);
  }

  override down(): void {
    for (const name of ['cash_movements', 'cash_sessions', 'cash_tills']) this.addSql(`DROP TABLE ${name}`);
  }
}
