import { Migration } from '@mikro-orm/migrations';

/** Lists of students that a school brings along, row by row, until they are enrolled or purged. */
export class Migration20261122000500_student_imports extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE student_imports (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      state varchar(40) NOT NULL,
      invite tinyint(1) NOT NULL,
      ignored_columns text NOT NULL,
      created_at datetime(3) NOT NULL,
      finished_at datetime(3) NULL,
      UNIQUE KEY student_imports_school_id_id_unique (school_id, id),
      KEY student_imports_created_at_index (created_at),
      CONSTRAINT student_imports_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT student_imports_state CHECK (state IN ('checking', 'ready', 'enrolling', 'done', 'cancelled'))
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
    this.addSql(`CREATE TABLE student_import_rows (
      school_id binary(16) NOT NULL,
      import_id binary(16) NOT NULL,
      number int unsigned NOT NULL,
      state varchar(40) NOT NULL,
      email varchar(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
      cells text NULL,
      errors text NULL,
      student_id binary(16) NULL,
      PRIMARY KEY (school_id, import_id, number),
      KEY student_import_rows_state_index (school_id, import_id, state, number),
      KEY student_import_rows_email_index (school_id, import_id, email, number),
      KEY student_import_rows_student_index (school_id, student_id),
      CONSTRAINT student_import_rows_import FOREIGN KEY (school_id, import_id) REFERENCES student_imports (school_id, id),
      CONSTRAINT student_import_rows_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT student_import_rows_state CHECK (state IN ('unchecked', 'valid', 'invalid', 'enrolled', 'refused'))
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
  }

  override down(): void {
    this.addSql('DROP TABLE student_import_rows');
    this.addSql('DROP TABLE student_imports');
  }
}
