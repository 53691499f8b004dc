import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';

/** Who waits for a time, the times that are offered, and days that are cancelled as a whole. */
export class Migration20261123000500_waiting_list extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE waiting_list_settings (
      school_id binary(16) NOT NULL PRIMARY KEY,
      automatic tinyint(1) NOT NULL,
      offers_at_once int NOT NULL,
      CONSTRAINT waiting_list_settings_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT waiting_list_settings_offers CHECK (offers_at_once BETWEEN 1 AND 20)
    ) ${table}`);
    this.entries();
    this.rounds();
    this.days();
    this.offers();
  }

  override down(): void {
    for (const name of ['offers', 'day_cancellation_lessons', 'day_cancellations', 'offer_rounds'])
      this.addSql(`DROP TABLE ${name}`);
    for (const name of ['waiting_list_entries', 'waiting_list_settings']) this.addSql(`DROP TABLE ${name}`);
  }

  private entries(): void {
    this.addSql(`CREATE TABLE waiting_list_entries (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      lesson_type_id binary(16) NOT NULL,
      teacher_id binary(16) NULL,
      weekdays varchar(13) NOT NULL,
      earliest char(5) NOT NULL,
      latest char(5) NOT NULL,
      from_date date NOT NULL,
      until_date date NOT NULL,
      notice_minutes int NOT NULL,
      own_times tinyint(1) NOT NULL,
      state varchar(40) NOT NULL,
      booking_id binary(16) NULL,
      created_by binary(16) NOT NULL,
      created_at datetime(3) NOT NULL,
      closed_at datetime(3) NULL,
      UNIQUE KEY waiting_list_entries_school_id (school_id, id),
      KEY waiting_list_entries_state (school_id, state, id),
      KEY waiting_list_entries_student (school_id, student_id, id),
      KEY waiting_list_entries_lesson_type (school_id, lesson_type_id),
      KEY waiting_list_entries_teacher (school_id, teacher_id),
      KEY waiting_list_entries_booking (school_id, booking_id),
      KEY waiting_list_entries_ending (state, until_date),
      CONSTRAINT waiting_list_entries_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT waiting_list_entries_of_type FOREIGN KEY (school_id, lesson_type_id) REFERENCES lesson_types (school_id, id),
      CONSTRAINT waiting_list_entries_of_teacher FOREIGN KEY (school_id, teacher_id) REFERENCES teachers (school_id, id),
      CONSTRAINT waiting_list_entries_of_booking FOREIGN KEY (school_id, booking_id) REFERENCES bookings (school_id, id),
      CONSTRAINT waiting_list_entries_states CHECK (state IN ('active', 'fulfilled', 'withdrawn', 'expired')),
      CONSTRAINT waiting_list_entries_dates CHECK (from_date <= until_date),
      CONSTRAINT waiting_list_entries_times CHECK (earliest < latest)
    ) ${table}`);
  }

  private rounds(): void {
    this.addSql(`CREATE TABLE offer_rounds (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      booking_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      teacher_id binary(16) NOT NULL,
      starts_at datetime(3) NOT NULL,
      busy_from datetime(3) NOT NULL,
      busy_until datetime(3) NOT NULL,
      state varchar(40) NOT NULL,
      due_at datetime(3) NOT NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY offer_rounds_school_id (school_id, id),
      KEY offer_rounds_due (state, due_at),
      KEY offer_rounds_booking (school_id, booking_id),
      KEY offer_rounds_student (school_id, student_id),
      KEY offer_rounds_teacher (school_id, teacher_id),
      CONSTRAINT offer_rounds_of_booking FOREIGN KEY (school_id, booking_id) REFERENCES bookings (school_id, id),
      CONSTRAINT offer_rounds_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT offer_rounds_of_teacher FOREIGN KEY (school_id, teacher_id) REFERENCES teachers (school_id, id),
      CONSTRAINT offer_rounds_states CHECK (state IN ('open', 'ended')),
      CONSTRAINT offer_rounds_order CHECK (busy_from < busy_until)
    ) ${table}`);
  }

  private days(): void {
    this.addSql(`CREATE TABLE day_cancellations (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      date date NOT NULL,
      scope varchar(40) NOT NULL,
      teacher_id binary(16) NULL,
      vehicle_id binary(16) NULL,
      location_id binary(16) NULL,
      reason varchar(40) NOT NULL,
      note varchar(300) NULL,
      rebook tinyint(1) NOT NULL,
      keep_free tinyint(1) NOT NULL,
      state varchar(40) NOT NULL,
      created_by binary(16) NOT NULL,
      created_at datetime(3) NOT NULL,
      finished_at datetime(3) NULL,
      UNIQUE KEY day_cancellations_school_id (school_id, id),
      KEY day_cancellations_date (school_id, date, id),
      KEY day_cancellations_teacher (school_id, teacher_id),
      KEY day_cancellations_vehicle (school_id, vehicle_id),
      KEY day_cancellations_location (school_id, location_id),
      CONSTRAINT day_cancellations_of_teacher FOREIGN KEY (school_id, teacher_id) REFERENCES teachers (school_id, id),
      CONSTRAINT day_cancellations_of_vehicle FOREIGN KEY (school_id, vehicle_id) REFERENCES vehicles (school_id, id),
      CONSTRAINT day_cancellations_of_location FOREIGN KEY (school_id, location_id) REFERENCES locations (school_id, id),
      CONSTRAINT day_cancellations_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT day_cancellations_states CHECK (state IN ('running', 'done')),
      CONSTRAINT day_cancellations_reasons CHECK (reason IN ('weather', 'illness', 'other')),
      CONSTRAINT day_cancellations_scopes CHECK (scope IN ('school', 'teacher', 'vehicle', 'location')
        AND (scope = 'teacher') = (teacher_id IS NOT NULL) AND (scope = 'vehicle') = (vehicle_id IS NOT NULL)
        AND (scope = 'location') = (location_id IS NOT NULL))
    ) ${table}`);
    this.addSql(`CREATE TABLE day_cancellation_lessons (
      school_id binary(16) NOT NULL,
      cancellation_id binary(16) NOT NULL,
      booking_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      state varchar(40) NOT NULL,
      PRIMARY KEY (school_id, cancellation_id, booking_id),
      KEY day_cancellation_lessons_state (school_id, cancellation_id, state, student_id),
      KEY day_cancellation_lessons_booking (school_id, booking_id),
      KEY day_cancellation_lessons_student (school_id, student_id),
      CONSTRAINT day_cancellation_lessons_of_day FOREIGN KEY (school_id, cancellation_id) REFERENCES day_cancellations (school_id, id),
      CONSTRAINT day_cancellation_lessons_of_booking FOREIGN KEY (school_id, booking_id) REFERENCES bookings (school_id, id),
      CONSTRAINT day_cancellation_lessons_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT day_cancellation_lessons_states CHECK (state IN ('pending', 'cancelled', 'skipped'))
    ) ${table}`);
  }

  private offers(): void {
    this.addSql(`CREATE TABLE offers (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      lesson_type_id binary(16) NOT NULL,
      round_id binary(16) NULL,
      entry_id binary(16) NULL,
      cancellation_id binary(16) NULL,
      replaces_id binary(16) NULL,
      choices json NOT NULL,
      state varchar(40) NOT NULL,
      token_hash char(64) NOT NULL,
      token text NULL,
      expires_at datetime(3) NOT NULL,
      booking_id binary(16) NULL,
      created_at datetime(3) NOT NULL,
      closed_at datetime(3) NULL,
      UNIQUE KEY offers_school_id (school_id, id),
      UNIQUE KEY offers_token_hash (token_hash),
      UNIQUE KEY offers_round_student (school_id, round_id, student_id),
      UNIQUE KEY offers_replaces (school_id, replaces_id),
      KEY offers_student (school_id, student_id, id),
      KEY offers_state (school_id, state, id),
      KEY offers_expiring (state, expires_at),
      KEY offers_lesson_type (school_id, lesson_type_id),
      KEY offers_entry (school_id, entry_id),
      KEY offers_cancellation (school_id, cancellation_id, student_id),
      KEY offers_booking (school_id, booking_id),
      CONSTRAINT offers_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT offers_of_type FOREIGN KEY (school_id, lesson_type_id) REFERENCES lesson_types (school_id, id),
      CONSTRAINT offers_of_round FOREIGN KEY (school_id, round_id) REFERENCES offer_rounds (school_id, id),
      CONSTRAINT offers_of_entry FOREIGN KEY (school_id, entry_id) REFERENCES waiting_list_entries (school_id, id),
      CONSTRAINT offers_of_cancellation FOREIGN KEY (school_id, cancellation_id) REFERENCES day_cancellations (school_id, id),
      CONSTRAINT offers_of_replaced FOREIGN KEY (school_id, replaces_id) REFERENCES bookings (school_id, id),
      CONSTRAINT offers_of_booking FOREIGN KEY (school_id, booking_id) REFERENCES bookings (school_id, id),
      CONSTRAINT offers_states CHECK (state IN ('open', 'accepted', 'declined', 'gone', 'expired', 'withdrawn')),
      CONSTRAINT offers_kinds CHECK ((round_id IS NULL) = (entry_id IS NULL) AND (round_id IS NULL) <> (cancellation_id IS NULL)
        AND (cancellation_id IS NULL) = (replaces_id IS NULL))
    ) ${table}`);
  }
}
