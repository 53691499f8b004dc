import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';

/** Lessons that are booked together, week after week: what was agreed, and which lesson belongs to it. */
export class Migration20261123000300_booking_series extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE booking_series (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      lesson_type_id binary(16) NOT NULL,
      teacher_id binary(16) NULL,
      vehicle_id binary(16) NULL,
      weekdays json NOT NULL,
      starts char(5) NOT NULL,
      every_weeks int NOT NULL,
      first_date date NOT NULL,
      last_date date NOT NULL,
      left_out json NOT NULL,
      created_by binary(16) NOT NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY booking_series_school_id (school_id, id),
      KEY booking_series_student (school_id, student_id, id),
      KEY booking_series_lesson_type (school_id, lesson_type_id),
      KEY booking_series_teacher (school_id, teacher_id),
      KEY booking_series_vehicle (school_id, vehicle_id),
      CONSTRAINT booking_series_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT booking_series_of_lesson_type FOREIGN KEY (school_id, lesson_type_id) REFERENCES lesson_types (school_id, id),
      CONSTRAINT booking_series_of_teacher FOREIGN KEY (school_id, teacher_id) REFERENCES teachers (school_id, id),
      CONSTRAINT booking_series_of_vehicle FOREIGN KEY (school_id, vehicle_id) REFERENCES vehicles (school_id, id),
      CONSTRAINT booking_series_weeks CHECK (every_weeks > 0),
      CONSTRAINT booking_series_dates CHECK (first_date <= last_date)
    ) ${table}`);
    this.addSql(`ALTER TABLE bookings
      ADD COLUMN series_id binary(16) NULL,
      ADD KEY bookings_series (school_id, series_id, starts_at, id),
      ADD CONSTRAINT bookings_of_series FOREIGN KEY (school_id, series_id) REFERENCES booking_series (school_id, id)`);
  }

  override down(): void {
    this.addSql('ALTER TABLE bookings DROP FOREIGN KEY bookings_of_series');
    this.addSql('ALTER TABLE bookings DROP KEY bookings_series, DROP COLUMN series_id');
    this.addSql('DROP TABLE booking_series');
  }
}
