import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';

/** Theory classes: plans, the courses (hold) made of them with their dated sessions, seats, attendance and waiting list. */
export class Migration20261123000400_classes extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE course_plans (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      name varchar(120) NOT NULL,
      licence_class varchar(40) NOT NULL,
      sessions json NOT NULL,
      weekly json NOT NULL,
      capacity int NOT NULL,
      price_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      vat_rate_bp int NOT NULL,
      active tinyint(1) NOT NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY course_plans_school_id (school_id, id),
      KEY course_plans_name (school_id, name, id),
      CONSTRAINT course_plans_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT course_plans_capacity CHECK (capacity BETWEEN 1 AND 200),
      CONSTRAINT course_plans_money CHECK (price_minor >= 0 AND vat_rate_bp BETWEEN 0 AND 10000)
    ) ${table}`);
    this.addSql(`CREATE TABLE courses (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      plan_id binary(16) NOT NULL,
      name varchar(120) NOT NULL,
      state varchar(40) NOT NULL,
      teacher_id binary(16) NOT NULL,
      room_id binary(16) NULL,
      capacity int NOT NULL,
      price_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      vat_rate_bp int NOT NULL,
      self_enrolment tinyint(1) NOT NULL,
      offer_hours int NOT NULL,
      starts_at datetime(3) NOT NULL,
      ends_at datetime(3) NOT NULL,
      cancel_reason varchar(500) NULL,
      version int NOT NULL DEFAULT 1,
      created_by binary(16) NOT NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY courses_school_id (school_id, id),
      KEY courses_start (school_id, starts_at, id),
      KEY courses_plan (school_id, plan_id),
      KEY courses_teacher (school_id, teacher_id, starts_at, id),
      KEY courses_room (school_id, room_id),
      CONSTRAINT courses_of_plan FOREIGN KEY (school_id, plan_id) REFERENCES course_plans (school_id, id),
      CONSTRAINT courses_of_teacher FOREIGN KEY (school_id, teacher_id) REFERENCES teachers (school_id, id),
      CONSTRAINT courses_in_room FOREIGN KEY (school_id, room_id) REFERENCES facilities (school_id, id),
      CONSTRAINT courses_state CHECK (state IN ('draft', 'open', 'closed', 'completed', 'cancelled')),
      CONSTRAINT courses_capacity CHECK (capacity BETWEEN 1 AND 200),
      CONSTRAINT courses_money CHECK (price_minor >= 0 AND vat_rate_bp BETWEEN 0 AND 10000),
      CONSTRAINT courses_time CHECK (starts_at < ends_at)
    ) ${table}`);
    this.addSql(`CREATE TABLE class_sessions (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      course_id binary(16) NOT NULL,
      number int NOT NULL,
      topic varchar(120) NOT NULL,
      starts_at datetime(3) NOT NULL,
      ends_at datetime(3) NOT NULL,
      teacher_id binary(16) NOT NULL,
      room_id binary(16) NULL,
      room_place smallint unsigned NOT NULL DEFAULT 0,
      state varchar(40) NOT NULL,
      cancel_reason varchar(500) NULL,
      UNIQUE KEY class_sessions_school_id (school_id, id),
      UNIQUE KEY class_sessions_number (course_id, number),
      KEY class_sessions_diary (school_id, starts_at, id),
      KEY class_sessions_course (school_id, course_id, starts_at, id),
      KEY class_sessions_teacher (school_id, teacher_id, starts_at, id),
      KEY class_sessions_room (school_id, room_id, starts_at, id),
      KEY class_sessions_topic (school_id, topic, starts_at, id),
      CONSTRAINT class_sessions_of_course FOREIGN KEY (school_id, course_id) REFERENCES courses (school_id, id),
      CONSTRAINT class_sessions_of_teacher FOREIGN KEY (school_id, teacher_id) REFERENCES teachers (school_id, id),
      CONSTRAINT class_sessions_in_room FOREIGN KEY (school_id, room_id) REFERENCES facilities (school_id, id),
      CONSTRAINT class_sessions_state CHECK (state IN ('planned', 'cancelled')),
      CONSTRAINT class_sessions_time CHECK (starts_at < ends_at)
    ) ${table}`);
    this.addSql(`CREATE TABLE course_enrolments (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      course_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      state varchar(40) NOT NULL,
      charged_as binary(16) NOT NULL,
      price_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      enrolled_at datetime(3) NOT NULL,
      left_at datetime(3) NULL,
      created_by binary(16) NOT NULL,
      UNIQUE KEY course_enrolments_school_id (school_id, id),
      KEY course_enrolments_course (school_id, course_id, id),
      KEY course_enrolments_student (school_id, student_id, id),
      CONSTRAINT course_enrolments_of_course FOREIGN KEY (school_id, course_id) REFERENCES courses (school_id, id),
      CONSTRAINT course_enrolments_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT course_enrolments_state CHECK (state IN ('enrolled', 'withdrawn', 'moved')),
      CONSTRAINT course_enrolments_left CHECK ((state = 'enrolled') = (left_at IS NULL))
    ) ${table}`);
    this.addSql(`CREATE TABLE course_waiters (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      course_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      state varchar(40) NOT NULL,
      offered_until datetime(3) NULL,
      created_by binary(16) NOT NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY course_waiters_school_id (school_id, id),
      KEY course_waiters_course (school_id, course_id, id),
      KEY course_waiters_student (school_id, student_id, id),
      KEY course_waiters_offered (state, offered_until),
      CONSTRAINT course_waiters_of_course FOREIGN KEY (school_id, course_id) REFERENCES courses (school_id, id),
      CONSTRAINT course_waiters_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT course_waiters_state CHECK (state IN ('waiting', 'offered', 'accepted', 'left', 'expired')),
      CONSTRAINT course_waiters_offer CHECK ((state = 'offered') = (offered_until IS NOT NULL))
    ) ${table}`);
    // One row a seat that is taken: the key is what makes an oversold course impossible.
    this.addSql(`CREATE TABLE course_seats (
      course_id binary(16) NOT NULL,
      place smallint unsigned NOT NULL,
      school_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      PRIMARY KEY (course_id, place),
      UNIQUE KEY course_seats_student (course_id, student_id),
      KEY course_seats_of (school_id, course_id),
      KEY course_seats_by (school_id, student_id),
      CONSTRAINT course_seats_of_course FOREIGN KEY (school_id, course_id) REFERENCES courses (school_id, id),
      CONSTRAINT course_seats_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT course_seats_place CHECK (place < 200)
    ) ${table}`);
    this.addSql(`CREATE TABLE class_attendances (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      session_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      enrolment_id binary(16) NULL,
      catches_up_id binary(16) NULL,
      state varchar(40) NOT NULL,
      starts_at datetime(3) NOT NULL,
      reported_by binary(16) NULL,
      reported_at datetime(3) NULL,
      UNIQUE KEY class_attendances_school_id (school_id, id),
      UNIQUE KEY class_attendances_once (session_id, student_id),
      KEY class_attendances_session (school_id, session_id, starts_at, id),
      KEY class_attendances_student (school_id, student_id, starts_at, id),
      KEY class_attendances_enrolment (school_id, enrolment_id),
      KEY class_attendances_time (school_id, starts_at, id),
      KEY class_attendances_caught_up (school_id, catches_up_id),
      CONSTRAINT class_attendances_of_session FOREIGN KEY (school_id, session_id) REFERENCES class_sessions (school_id, id),
      CONSTRAINT class_attendances_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT class_attendances_of_enrolment FOREIGN KEY (school_id, enrolment_id) REFERENCES course_enrolments (school_id, id),
      CONSTRAINT class_attendances_for FOREIGN KEY (school_id, catches_up_id) REFERENCES class_attendances (school_id, id),
      CONSTRAINT class_attendances_state CHECK (state IN ('expected', 'present', 'absent', 'excused'))
    ) ${table}`);
  }

  override down(): void {
    const tables = ['class_attendances', 'course_seats', 'course_waiters', 'course_enrolments', 'class_sessions'];
    for (const name of [...tables, 'courses', 'course_plans']) this.addSql(`DROP TABLE ${name}`);
  }
}
