import { Migration } from '@mikro-orm/migrations';

/** Which lessons outside their teachers' hours somebody has decided to keep. */
export class Migration20261123000710_kept_bookings extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE kept_bookings (
      booking_id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      teacher_id binary(16) NOT NULL,
      starts_at datetime(3) NOT NULL,
      reason varchar(40) NOT NULL,
      kept_by binary(16) NOT NULL,
      kept_at datetime(3) NOT NULL,
      UNIQUE KEY kept_bookings_school_id_booking_id_unique (school_id, booking_id),
      CONSTRAINT kept_bookings_booking FOREIGN KEY (school_id, booking_id) REFERENCES bookings (school_id, id),
      CONSTRAINT kept_bookings_reason CHECK (reason IN ('outside_hours', 'time_off', 'school_closed'))
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
  }

  override down(): void {
    this.addSql('DROP TABLE kept_bookings');
  }
}
