import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';

/** Theory and practical tests, and what each school knows about them: fees by date, deadline, waits. */
export class Migration20261123000610_exams extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE exam_settings (
      school_id binary(16) NOT NULL PRIMARY KEY,
      deadline_working_days int NOT NULL,
      deadline_time char(5) NOT NULL,
      theory_retry_days int NOT NULL,
      practical_retry_days int NOT NULL,
      fees json NOT NULL,
      CONSTRAINT exam_settings_of_school FOREIGN KEY (school_id) REFERENCES schools (id)
    ) ${table}`);
    this.addSql(`CREATE TABLE exams (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      kind varchar(40) NOT NULL,
      licence_class varchar(40) NOT NULL,
      starts_at datetime(3) NOT NULL,
      ends_at datetime(3) NOT NULL,
      setup_minutes int NOT NULL,
      buffer_minutes int NOT NULL,
      place varchar(160) NOT NULL,
      teacher_id binary(16) NULL,
      vehicle_id binary(16) NULL,
      state varchar(40) NOT NULL,
      planned_as varchar(60) NULL,
      cancel_by datetime(3) NOT NULL,
      deadline_told tinyint(1) NOT NULL DEFAULT 0,
      fee_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      fee_status varchar(40) NOT NULL,
      note varchar(500) NULL,
      reported_at datetime(3) NULL,
      cancelled_at datetime(3) NULL,
      cancel_reason varchar(500) NULL,
      version int NOT NULL DEFAULT 1,
      created_by binary(16) NOT NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY exams_school_id (school_id, id),
      UNIQUE KEY exams_planned_once (school_id, student_id, planned_as),
      KEY exams_diary (school_id, starts_at, id),
      KEY exams_student (school_id, student_id, starts_at, id),
      KEY exams_teacher (school_id, teacher_id, starts_at, id),
      KEY exams_vehicle (school_id, vehicle_id, starts_at, id),
      KEY exams_deadline (state, deadline_told, cancel_by),
      CONSTRAINT exams_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT exams_of_teacher FOREIGN KEY (school_id, teacher_id) REFERENCES teachers (school_id, id),
      CONSTRAINT exams_of_vehicle FOREIGN KEY (school_id, vehicle_id) REFERENCES vehicles (school_id, id),
      CONSTRAINT exams_kind CHECK (kind IN ('theory', 'practical')),
      CONSTRAINT exams_state CHECK (state IN ('planned', 'passed', 'failed', 'no_show', 'cancelled')),
      CONSTRAINT exams_fee CHECK (fee_minor >= 0 AND fee_status IN ('unpaid', 'paid', 'refunded')),
      CONSTRAINT exams_time CHECK (starts_at < ends_at),
      CONSTRAINT exams_planned CHECK ((state = 'planned') = (planned_as IS NOT NULL)),
      CONSTRAINT exams_needs CHECK ((kind = 'practical') = (teacher_id IS NOT NULL)),
      CONSTRAINT exams_cancelled CHECK ((state = 'cancelled') = (cancelled_at IS NOT NULL))
    ) ${table}`);
  }

  override down(): void {
    this.addSql('DROP TABLE exams');
    this.addSql('DROP TABLE exam_settings');
  }
}
