import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';

/** What the database knows of files, and the documents of students that they are. */
export class Migration20261122000600_files extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE stored_files (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      name varchar(200) NOT NULL,
      media_type varchar(100) NOT NULL,
      state varchar(40) NOT NULL,
      bytes bigint NULL,
      sha256 binary(32) NULL,
      changed_at datetime(3) NOT NULL,
      UNIQUE KEY stored_files_school_id (school_id, id),
      KEY stored_files_state (state, changed_at),
      CONSTRAINT stored_files_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT stored_files_state_known CHECK (state IN ('incoming', 'kept', 'discarded')),
      CONSTRAINT stored_files_whole CHECK (state <> 'kept' OR (bytes IS NOT NULL AND sha256 IS NOT NULL))
    ) ${table}`);
    this.addSql(`CREATE TABLE student_documents (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      file_id binary(16) NOT NULL,
      kind varchar(40) NOT NULL,
      expires_on date NULL,
      uploaded_by binary(16) NOT NULL,
      uploaded_at datetime(3) NOT NULL,
      UNIQUE KEY student_documents_school_id (school_id, id),
      UNIQUE KEY student_documents_file (school_id, file_id),
      KEY student_documents_student (school_id, student_id, id),
      CONSTRAINT student_documents_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT student_documents_in_file FOREIGN KEY (school_id, file_id) REFERENCES stored_files (school_id, id),
      CONSTRAINT student_documents_kind CHECK (kind IN ('medical_form', 'first_aid_proof', 'passport_photo', 'contract', 'other'))
    ) ${table}`);
  }

  override down(): void {
    this.addSql('DROP TABLE student_documents');
    this.addSql('DROP TABLE stored_files');
  }
}
