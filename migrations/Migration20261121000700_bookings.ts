import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';

/** The diary: bookings, the claims that make a double booking impossible, and the busy masks read for free times. */
export class Migration20261121000700_bookings extends Migration {
  override up(): void {
    // No foreign keys: a booking inserts a dozen rows here, its resources come from rows that have keys of their own,
    // and claims are made before the booking that they belong to. The calendar's audit proves that they match.
    this.addSql(`CREATE TABLE claims (
      resource_id int unsigned NOT NULL,
      slot int unsigned NOT NULL,
      place smallint unsigned NOT NULL,
      school_id binary(16) NOT NULL,
      claimed_by binary(16) NOT NULL,
      PRIMARY KEY (resource_id, slot, place),
      KEY claims_claimed_by (claimed_by),
      CONSTRAINT claims_place CHECK (place < 200)
    ) ${table}`);
    this.addSql(`CREATE TABLE resource_days (
      resource_id int unsigned NOT NULL,
      day int unsigned NOT NULL,
      lo bigint unsigned NOT NULL,
      hi bigint unsigned NOT NULL,
      PRIMARY KEY (resource_id, day),
      CONSTRAINT resource_days_halves CHECK (lo < 281474976710656 AND hi < 281474976710656)
    ) ${table}`);
    this.addSql(`CREATE TABLE bookings (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      teacher_id binary(16) NOT NULL,
      vehicle_id binary(16) NULL,
      lesson_type_id binary(16) NOT NULL,
      starts_at datetime(3) NOT NULL,
      ends_at datetime(3) NOT NULL,
      setup_minutes int NOT NULL,
      buffer_minutes int NOT NULL,
      state varchar(40) NOT NULL,
      price_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      vat_rate_bp int NOT NULL,
      cancel_by datetime(3) NOT NULL,
      late_fee_minor bigint NOT NULL,
      fee_minor bigint NOT NULL,
      cancelled_at datetime(3) NULL,
      cancelled_by binary(16) NULL,
      cancel_reason varchar(500) NULL,
      version int NOT NULL DEFAULT 1,
      created_by binary(16) NOT NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY bookings_school_id (school_id, id),
      KEY bookings_diary (school_id, starts_at, id),
      KEY bookings_teacher (school_id, teacher_id, starts_at, id),
      KEY bookings_student (school_id, student_id, starts_at, id),
      KEY bookings_vehicle (school_id, vehicle_id, starts_at, id),
      KEY bookings_lesson_type (school_id, lesson_type_id),
      KEY bookings_starting (starts_at, state),
      CONSTRAINT bookings_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT bookings_of_teacher FOREIGN KEY (school_id, teacher_id) REFERENCES teachers (school_id, id),
      CONSTRAINT bookings_of_vehicle FOREIGN KEY (school_id, vehicle_id) REFERENCES vehicles (school_id, id),
      CONSTRAINT bookings_of_lesson_type FOREIGN KEY (school_id, lesson_type_id) REFERENCES lesson_types (school_id, id),
      CONSTRAINT bookings_state CHECK (state IN ('booked', 'cancelled', 'completed', 'no_show')),
      CONSTRAINT bookings_time CHECK (starts_at < ends_at),
      CONSTRAINT bookings_money CHECK (price_minor >= 0 AND late_fee_minor >= 0 AND fee_minor >= 0),
      CONSTRAINT bookings_cancelled CHECK ((state = 'cancelled') = (cancelled_at IS NOT NULL))
    ) ${table}`);
  }

  override down(): void {
    this.addSql('DROP TABLE bookings');
    this.addSql('DROP TABLE resource_days');
    this.addSql('DROP TABLE claims');
  }
}
