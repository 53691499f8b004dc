import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';

/** Hours of single dates, days on which the school is closed, kinds of time off, and the private calendars that some of it comes from. */
export class Migration20261123000700_hours extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE day_hours (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      teacher_id binary(16) NOT NULL,
      date date NOT NULL,
      hours varchar(200) NOT NULL,
      UNIQUE KEY day_hours_school_id_id_unique (school_id, id),
      UNIQUE KEY day_hours_date_unique (school_id, teacher_id, date),
      CONSTRAINT day_hours_teacher FOREIGN KEY (school_id, teacher_id) REFERENCES teachers (school_id, id)
    ) ${table}`);
    this.addSql(`CREATE TABLE closing_days (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      date date NOT NULL,
      name varchar(80) NOT NULL,
      UNIQUE KEY closing_days_school_id_id_unique (school_id, id),
      UNIQUE KEY closing_days_date_unique (school_id, date),
      CONSTRAINT closing_days_school FOREIGN KEY (school_id) REFERENCES schools (id)
    ) ${table}`);
    this.addSql(`CREATE TABLE teacher_calendars (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      teacher_id binary(16) NOT NULL,
      name varchar(80) NOT NULL,
      host varchar(253) NOT NULL,
      url text NOT NULL,
      etag varchar(200) NULL,
      last_modified varchar(100) NULL,
      next_fetch_at datetime(3) NOT NULL,
      fetched_at datetime(3) NULL,
      failures int NOT NULL DEFAULT 0,
      problem varchar(40) NULL,
      busy_blocks int NOT NULL DEFAULT 0,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY teacher_calendars_school_id_id_unique (school_id, id),
      KEY teacher_calendars_teacher_index (school_id, teacher_id, id),
      KEY teacher_calendars_due_index (next_fetch_at, id),
      CONSTRAINT teacher_calendars_teacher FOREIGN KEY (school_id, teacher_id) REFERENCES teachers (school_id, id)
    ) ${table}`);
    // What was taken before kinds were known counts as it did: at the school that it was told to.
    this.addSql(`ALTER TABLE time_off
      ADD COLUMN kind varchar(40) NOT NULL DEFAULT 'holiday',
      ADD COLUMN calendar_id binary(16) NULL,
      ADD KEY time_off_ending_index (school_id, teacher_id, ends_at),
      ADD KEY time_off_calendar_index (school_id, calendar_id),
      ADD CONSTRAINT time_off_kind CHECK (kind IN ('holiday', 'sick', 'course', 'private', 'external')),
      ADD CONSTRAINT time_off_external CHECK ((kind = 'external') = (calendar_id IS NOT NULL)),
      ADD CONSTRAINT time_off_calendar FOREIGN KEY (school_id, calendar_id) REFERENCES teacher_calendars (school_id, id)`);
  }

  override down(): void {
    this.addSql("DELETE FROM time_off WHERE kind = 'external'");
    this.addSql('ALTER TABLE time_off DROP FOREIGN KEY time_off_calendar');
    this.addSql(`ALTER TABLE time_off DROP CONSTRAINT time_off_external, DROP CONSTRAINT time_off_kind,
      DROP KEY time_off_calendar_index, DROP KEY time_off_ending_index, DROP COLUMN calendar_id, DROP COLUMN kind`);
    this.addSql('DROP TABLE teacher_calendars');
    this.addSql('DROP TABLE closing_days');
    this.addSql('DROP TABLE day_hours');
  }
}
