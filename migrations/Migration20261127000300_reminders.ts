import { Migration } from '@mikro-orm/migrations';

/** Several lead times per school and lesson type, reminders of classes and exams, and what was decided of each. */
export class Migration20261127000300_reminders extends Migration {
  override up(): void {
    this.addSql(`ALTER TABLE schools
      ADD COLUMN lesson_reminders varchar(60) NOT NULL DEFAULT '1440',
      ADD COLUMN class_reminders varchar(60) NOT NULL DEFAULT '',
      ADD COLUMN exam_reminders varchar(60) NOT NULL DEFAULT '',
      ADD COLUMN teacher_digest_time char(5) NULL,
      ADD KEY schools_teacher_digest (zone, teacher_digest_time),
      ADD KEY schools_lesson_reminders (lesson_reminders),
      ADD KEY schools_class_reminders (class_reminders),
      ADD KEY schools_exam_reminders (exam_reminders)`);
    // Under a quarter of an hour is no lead time any more; 0 was none.
    this.addSql(`UPDATE schools SET teacher_digest_time = '18:00',
      lesson_reminders = IF(reminder_lead_minutes = 0, '', greatest(reminder_lead_minutes, 15))`);
    this.addSql('ALTER TABLE schools DROP CONSTRAINT schools_reminder_lead');
    this.addSql('ALTER TABLE schools DROP COLUMN reminder_lead_minutes');
    this.addSql(
      'ALTER TABLE lesson_types ADD COLUMN reminders varchar(60) NULL, ADD KEY lesson_types_reminders (reminders)',
    );
    this.addSql('ALTER TABLE class_sessions ADD KEY class_sessions_starting (starts_at, state)');
    this.addSql('ALTER TABLE exams ADD KEY exams_starting (starts_at, state)');
    this.addSql('ALTER TABLE reminders DROP FOREIGN KEY reminders_booking');
    this.addSql(`ALTER TABLE reminders
      RENAME COLUMN booking_id TO subject_id,
      ADD COLUMN outcome varchar(40) NOT NULL DEFAULT 'queued',
      ADD COLUMN reason varchar(190) NULL,
      ADD CONSTRAINT reminders_school FOREIGN KEY (school_id) REFERENCES schools (id),
      ADD CONSTRAINT reminders_outcome CHECK (outcome IN ('queued', 'needless', 'dropped')),
      ADD KEY reminders_age (starts_at)`);
    this.addSql('ALTER TABLE reminders ALTER COLUMN outcome DROP DEFAULT');
    this.addSql(`CREATE TABLE reminder_looks (
      about varchar(40) NOT NULL PRIMARY KEY,
      until datetime(3) NOT NULL
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
  }

  override down(): void {
    this.addSql('DROP TABLE reminder_looks');
    this.addSql('DELETE FROM reminders WHERE subject_id NOT IN (SELECT id FROM bookings)');
    this.addSql('ALTER TABLE reminders DROP FOREIGN KEY reminders_school');
    this.addSql('ALTER TABLE reminders DROP CONSTRAINT reminders_outcome');
    this.addSql(`ALTER TABLE reminders DROP KEY reminders_age, DROP COLUMN reason, DROP COLUMN outcome,
      RENAME COLUMN subject_id TO booking_id`);
    this.addSql(`ALTER TABLE reminders
      ADD CONSTRAINT reminders_booking FOREIGN KEY (school_id, booking_id) REFERENCES bookings (school_id, id)`);
    this.addSql('ALTER TABLE exams DROP KEY exams_starting');
    this.addSql('ALTER TABLE class_sessions DROP KEY class_sessions_starting');
    this.addSql('ALTER TABLE lesson_types DROP KEY lesson_types_reminders, DROP COLUMN reminders');
    this.addSql('ALTER TABLE schools ADD COLUMN reminder_lead_minutes int NOT NULL DEFAULT 0');
    // Of several the longest, which stands first.
    this.addSql(
      `UPDATE schools SET reminder_lead_minutes = CAST(substring_index(lesson_reminders, ',', 1) AS UNSIGNED) WHERE lesson_reminders <> ''`,
    );
    this.addSql('ALTER TABLE schools ALTER COLUMN reminder_lead_minutes DROP DEFAULT');
    this.addSql(`ALTER TABLE schools
      DROP KEY schools_exam_reminders, DROP KEY schools_class_reminders, DROP KEY schools_lesson_reminders,
      DROP KEY schools_teacher_digest, DROP COLUMN teacher_digest_time, DROP COLUMN exam_reminders,
      DROP COLUMN class_reminders, DROP COLUMN lesson_reminders,
      ADD CONSTRAINT schools_reminder_lead CHECK (reminder_lead_minutes BETWEEN 0 AND 10080)`);
  }
}
