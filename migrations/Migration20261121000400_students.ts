import { Migration } from '@mikro-orm/migrations';

/** The students of each school. */
export class Migration20261121000400_students extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE students (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      user_id binary(16) NOT NULL,
      resource_id int unsigned NOT NULL,
      name varchar(120) NOT NULL,
      email varchar(254) NOT NULL,
      phone varchar(20) NULL,
      birth_date date NULL,
      licence_class varchar(40) NOT NULL,
      status varchar(40) NOT NULL,
      address_line varchar(160) NULL,
      postcode varchar(10) NULL,
      city varchar(80) NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY students_school_id_id_unique (school_id, id),
      UNIQUE KEY students_school_id_user_id_unique (school_id, user_id),
      UNIQUE KEY students_school_id_resource_id_unique (school_id, resource_id),
      KEY students_school_id_name_index (school_id, name, id),
      KEY students_school_id_status_name_index (school_id, status, name, id),
      KEY students_school_id_email_index (school_id, email),
      KEY students_user_id_index (user_id),
      CONSTRAINT students_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT students_user FOREIGN KEY (user_id) REFERENCES users (id),
      CONSTRAINT students_resource FOREIGN KEY (school_id, resource_id) REFERENCES school_resources (school_id, resource_id),
      CONSTRAINT students_status CHECK (status IN ('active', 'paused', 'completed', 'left'))
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
  }

  override down(): void {
    this.addSql('DROP TABLE students');
  }
}
