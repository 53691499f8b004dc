import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';

/** Secret addresses of calendars, and when a lesson was last changed: by whatever statement, so the database notes it itself. */
export class Migration20261123000800_calendar_feeds extends Migration {
  override up(): void {
    this.addSql(`ALTER TABLE bookings ADD COLUMN changed_at datetime(3) NOT NULL
      DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3)`);
    this.addSql(`CREATE TABLE calendar_feeds (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      user_id binary(16) NOT NULL,
      kind varchar(40) NOT NULL,
      teacher_id binary(16) NULL,
      student_id binary(16) NULL,
      vehicle_id binary(16) NULL,
      names varchar(40) NOT NULL,
      language varchar(40) NOT NULL,
      token_hash varchar(64) NOT NULL,
      created_at datetime(3) NOT NULL,
      rotated_at datetime(3) NULL,
      last_read_at datetime(3) NULL,
      UNIQUE KEY calendar_feeds_school_id (school_id, id),
      UNIQUE KEY calendar_feeds_token (token_hash),
      KEY calendar_feeds_user (user_id, school_id, id),
      KEY calendar_feeds_teacher (school_id, teacher_id),
      KEY calendar_feeds_student (school_id, student_id),
      KEY calendar_feeds_vehicle (school_id, vehicle_id),
      CONSTRAINT calendar_feeds_of_user FOREIGN KEY (user_id) REFERENCES users (id),
      CONSTRAINT calendar_feeds_of_teacher FOREIGN KEY (school_id, teacher_id) REFERENCES teachers (school_id, id),
      CONSTRAINT calendar_feeds_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT calendar_feeds_of_vehicle FOREIGN KEY (school_id, vehicle_id) REFERENCES vehicles (school_id, id),
      CONSTRAINT calendar_feeds_kind CHECK (kind = CASE
        WHEN teacher_id IS NOT NULL THEN 'teacher' WHEN student_id IS NOT NULL THEN 'student'
        WHEN vehicle_id IS NOT NULL THEN 'vehicle' ELSE 'school' END)
    ) ${table}`);
  }

  override down(): void {
    this.addSql('DROP TABLE calendar_feeds');
    this.addSql('ALTER TABLE bookings DROP COLUMN changed_at');
  }
}
