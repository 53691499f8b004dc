import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';
const licenceClasses = `'AM','A1','A2','A','B','B96','BE','C1','C1E','C','CE','D1','D1E','D','DE','T'`;

/** Schools, what has a calendar, who teaches what in which vehicle, and when. */
export class Migration20261121000300_schools extends Migration {
  override up(): void {
    this.schools();
    this.resources();
    this.teachers();
    this.vehicles();
    this.lessonTypes();
    this.schedules();
  }

  override down(): void {
    const tables = [
      'time_off',
      'working_hours',
      'lesson_types',
      'vehicles',
      'teachers',
      'school_resources',
      'resources',
      'schools',
    ];
    for (const name of tables) this.addSql(`DROP TABLE ${name}`);
  }

  private schools(): void {
    this.addSql(`CREATE TABLE schools (
      id binary(16) NOT NULL PRIMARY KEY,
      name varchar(120) NOT NULL,
      slug varchar(60) NOT NULL,
      cvr varchar(8) NOT NULL,
      email varchar(254) NOT NULL,
      phone varchar(20) NOT NULL,
      address_line varchar(160) NOT NULL,
      postcode varchar(10) NOT NULL,
      city varchar(80) NOT NULL,
      zone varchar(60) NOT NULL,
      locale varchar(5) NOT NULL,
      currency char(3) NOT NULL,
      reminder_lead_minutes int NOT NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY schools_slug_unique (slug),
      KEY schools_name_index (name, id),
      CONSTRAINT schools_locale CHECK (locale IN ('da', 'en')),
      CONSTRAINT schools_reminder_lead CHECK (reminder_lead_minutes BETWEEN 0 AND 10080)
    ) ${table}`);
  }

  private resources(): void {
    this.addSql(`CREATE TABLE resources (
      id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
      kind varchar(40) NOT NULL,
      user_id binary(16) NULL,
      capacity int NOT NULL DEFAULT 1,
      UNIQUE KEY resources_user_id_unique (user_id),
      CONSTRAINT resources_user FOREIGN KEY (user_id) REFERENCES users (id),
      CONSTRAINT resources_kind CHECK (kind IN ('person', 'vehicle', 'room', 'track')),
      CONSTRAINT resources_capacity CHECK (capacity BETWEEN 1 AND 200)
    ) ${table}`);
    this.addSql(`CREATE TABLE school_resources (
      school_id binary(16) NOT NULL,
      resource_id int unsigned NOT NULL,
      PRIMARY KEY (school_id, resource_id),
      KEY school_resources_resource_id_index (resource_id),
      CONSTRAINT school_resources_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT school_resources_resource FOREIGN KEY (resource_id) REFERENCES resources (id)
    ) ${table}`);
  }

  private teachers(): void {
    this.addSql(`CREATE TABLE teachers (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      user_id binary(16) NOT NULL,
      resource_id int unsigned NOT NULL,
      name varchar(120) NOT NULL,
      email varchar(254) NOT NULL,
      phone varchar(20) NULL,
      licence_classes varchar(120) NOT NULL,
      active tinyint(1) NOT NULL,
      schedule_version int NOT NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY teachers_school_id_id_unique (school_id, id),
      UNIQUE KEY teachers_school_id_user_id_unique (school_id, user_id),
      UNIQUE KEY teachers_school_id_resource_id_unique (school_id, resource_id),
      KEY teachers_school_id_name_index (school_id, name, id),
      KEY teachers_user_id_index (user_id),
      CONSTRAINT teachers_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT teachers_user FOREIGN KEY (user_id) REFERENCES users (id),
      CONSTRAINT teachers_resource FOREIGN KEY (school_id, resource_id) REFERENCES school_resources (school_id, resource_id)
    ) ${table}`);
  }

  private vehicles(): void {
    this.addSql(`CREATE TABLE vehicles (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      resource_id int unsigned NOT NULL,
      name varchar(80) NOT NULL,
      plate varchar(10) NOT NULL,
      licence_class varchar(40) NOT NULL,
      gearbox varchar(40) NOT NULL,
      active tinyint(1) NOT NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY vehicles_school_id_id_unique (school_id, id),
      UNIQUE KEY vehicles_school_id_plate_unique (school_id, plate),
      UNIQUE KEY vehicles_school_id_resource_id_unique (school_id, resource_id),
      KEY vehicles_school_id_name_index (school_id, name, id),
      CONSTRAINT vehicles_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT vehicles_resource FOREIGN KEY (school_id, resource_id) REFERENCES school_resources (school_id, resource_id),
      CONSTRAINT vehicles_licence_class CHECK (licence_class IN (${licenceClasses})),
      CONSTRAINT vehicles_gearbox CHECK (gearbox IN ('manual', 'automatic'))
    ) ${table}`);
  }

  private lessonTypes(): void {
    this.addSql(`CREATE TABLE lesson_types (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      name varchar(120) NOT NULL,
      minutes int NOT NULL,
      price_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      vat_rate_bp int NOT NULL,
      needs_vehicle tinyint(1) NOT NULL,
      licence_class varchar(40) NOT NULL,
      setup_minutes int NOT NULL,
      buffer_minutes int NOT NULL,
      cancel_notice_hours int NOT NULL,
      cancel_fee_minor bigint NOT NULL,
      bookable_by_students tinyint(1) NOT NULL,
      active tinyint(1) NOT NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY lesson_types_school_id_id_unique (school_id, id),
      KEY lesson_types_school_id_name_index (school_id, name, id),
      CONSTRAINT lesson_types_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT lesson_types_minutes CHECK (minutes BETWEEN 15 AND 480 AND minutes % 15 = 0),
      CONSTRAINT lesson_types_setup CHECK (setup_minutes BETWEEN 0 AND 120 AND setup_minutes % 15 = 0),
      CONSTRAINT lesson_types_buffer CHECK (buffer_minutes BETWEEN 0 AND 120 AND buffer_minutes % 15 = 0),
      CONSTRAINT lesson_types_money CHECK (price_minor >= 0 AND cancel_fee_minor >= 0 AND vat_rate_bp BETWEEN 0 AND 10000),
      CONSTRAINT lesson_types_notice CHECK (cancel_notice_hours BETWEEN 0 AND 720),
      CONSTRAINT lesson_types_licence_class CHECK (licence_class IN (${licenceClasses}))
    ) ${table}`);
  }

  private schedules(): void {
    this.addSql(`CREATE TABLE working_hours (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      teacher_id binary(16) NOT NULL,
      weekday int NOT NULL,
      starts char(5) NOT NULL,
      ends char(5) NOT NULL,
      valid_from date NOT NULL,
      valid_until date NULL,
      UNIQUE KEY working_hours_school_id_id_unique (school_id, id),
      KEY working_hours_teacher_index (school_id, teacher_id, valid_from),
      CONSTRAINT working_hours_teacher FOREIGN KEY (school_id, teacher_id) REFERENCES teachers (school_id, id),
      CONSTRAINT working_hours_weekday CHECK (weekday BETWEEN 1 AND 7),
      CONSTRAINT working_hours_order CHECK (starts < ends),
      CONSTRAINT working_hours_validity CHECK (valid_until IS NULL OR valid_until > valid_from)
    ) ${table}`);
    this.addSql(`CREATE TABLE time_off (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      teacher_id binary(16) NOT NULL,
      starts_at datetime(3) NOT NULL,
      ends_at datetime(3) NOT NULL,
      reason varchar(200) NULL,
      UNIQUE KEY time_off_school_id_id_unique (school_id, id),
      KEY time_off_teacher_index (school_id, teacher_id, starts_at, id),
      CONSTRAINT time_off_teacher FOREIGN KEY (school_id, teacher_id) REFERENCES teachers (school_id, id),
      CONSTRAINT time_off_order CHECK (starts_at < ends_at)
    ) ${table}`);
  }
}
