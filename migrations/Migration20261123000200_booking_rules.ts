import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';
const counts =
  'CHECK ((max_per_day IS NULL OR max_per_day BETWEEN 0 AND 50) AND (max_per_week IS NULL OR max_per_week BETWEEN 0 AND 200))';

/** Who may book what, and times that are held until somebody has paid. */
export class Migration20261123000200_booking_rules extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE booking_settings (
      school_id binary(16) NOT NULL PRIMARY KEY,
      students_book tinyint(1) NOT NULL DEFAULT 1,
      notice_minutes int NOT NULL DEFAULT 0,
      horizon_days int NULL,
      max_per_day int NULL,
      max_per_week int NULL,
      arrears_limit_minor bigint NULL,
      hold_minutes int NOT NULL DEFAULT 30,
      CONSTRAINT booking_settings_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT booking_settings_counts ${counts},
      CONSTRAINT booking_settings_times CHECK (notice_minutes >= 0 AND horizon_days > 0 AND hold_minutes > 0),
      CONSTRAINT booking_settings_arrears CHECK (arrears_limit_minor >= 0)
    ) ${table}`);
    this.addSql(`CREATE TABLE lesson_type_rules (
      school_id binary(16) NOT NULL,
      lesson_type_id binary(16) NOT NULL,
      notice_minutes int NULL,
      horizon_days int NULL,
      max_per_day int NULL,
      max_per_week int NULL,
      prepayment varchar(40) NOT NULL DEFAULT 'none',
      deposit_minor bigint NULL,
      PRIMARY KEY (school_id, lesson_type_id),
      CONSTRAINT lesson_type_rules_of FOREIGN KEY (school_id, lesson_type_id) REFERENCES lesson_types (school_id, id),
      CONSTRAINT lesson_type_rules_counts ${counts},
      CONSTRAINT lesson_type_rules_times CHECK (notice_minutes >= 0 AND horizon_days > 0),
      CONSTRAINT lesson_type_rules_prepayment CHECK (prepayment IN ('none', 'deposit', 'full')),
      CONSTRAINT lesson_type_rules_deposit CHECK ((prepayment = 'deposit') = (deposit_minor IS NOT NULL) AND (deposit_minor IS NULL OR deposit_minor > 0))
    ) ${table}`);
    // The version is what a student's bookings wait for when a rule counts them.
    this.addSql(`CREATE TABLE student_booking_rules (
      school_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      open tinyint(1) NULL,
      open_until date NULL,
      max_per_day int NULL,
      max_per_week int NULL,
      version int NOT NULL DEFAULT 1,
      PRIMARY KEY (school_id, student_id),
      CONSTRAINT student_booking_rules_of FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT student_booking_rules_counts ${counts}
    ) ${table}`);
    this.holds();
  }

  override down(): void {
    this.addSql('ALTER TABLE bookings DROP CONSTRAINT bookings_held');
    this.addSql('ALTER TABLE bookings DROP FOREIGN KEY bookings_prepaid_by');
    this.addSql(
      "UPDATE bookings SET state = 'cancelled', cancelled_at = created_at WHERE state IN ('held', 'expired')",
    );
    this.addSql(`ALTER TABLE bookings DROP KEY bookings_held_until, DROP KEY bookings_prepayment, DROP COLUMN held_until,
      DROP COLUMN prepayment_minor, DROP COLUMN prepayment_invoice_id, DROP COLUMN override_reason`);
    this.addSql('ALTER TABLE bookings DROP CONSTRAINT bookings_state');
    this.addSql(
      "ALTER TABLE bookings ADD CONSTRAINT bookings_state CHECK (state IN ('booked', 'cancelled', 'completed', 'no_show'))",
    );
    for (const name of ['student_booking_rules', 'lesson_type_rules', 'booking_settings'])
      this.addSql(`DROP TABLE ${name}`);
  }

  private holds(): void {
    this.addSql(`ALTER TABLE bookings ADD COLUMN held_until datetime(3) NULL,
      ADD COLUMN prepayment_minor bigint NOT NULL DEFAULT 0,
      ADD COLUMN prepayment_invoice_id binary(16) NULL,
      ADD COLUMN override_reason varchar(500) NULL,
      ADD KEY bookings_held_until (held_until),
      ADD KEY bookings_prepayment (school_id, prepayment_invoice_id),
      ADD CONSTRAINT bookings_prepaid_by FOREIGN KEY (school_id, prepayment_invoice_id) REFERENCES invoices (school_id, id)`);
    this.addSql('ALTER TABLE bookings DROP CONSTRAINT bookings_state');
    this.addSql(`ALTER TABLE bookings ADD CONSTRAINT bookings_state
      CHECK (state IN ('held', 'expired', 'booked', 'cancelled', 'completed', 'no_show'))`);
    this.addSql(`ALTER TABLE bookings ADD CONSTRAINT bookings_held
      CHECK ((state = 'held') = (held_until IS NOT NULL) AND prepayment_minor BETWEEN 0 AND price_minor)`);
  }
}
