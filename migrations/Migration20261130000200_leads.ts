import { Migration } from '@mikro-orm/migrations';

/** People who may become students: they asked a directory, or the school itself. */
export class Migration20261130000200_leads extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE leads (
        id binary(16) NOT NULL PRIMARY KEY,
        school_id binary(16) NOT NULL,
        source varchar(40) NOT NULL,
        external_id varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
        request_hash varchar(64) NULL,
        kind varchar(40) NOT NULL,
        location_id binary(16) NULL,
        name varchar(120) NOT NULL,
        email varchar(254) NULL,
        phone varchar(20) NULL,
        birth_date date NULL,
        licence_class varchar(40) NULL,
        message varchar(2000) NULL,
        consent_text varchar(1000) NULL,
        consented_at datetime(3) NULL,
        state varchar(40) NOT NULL,
        revision int NOT NULL,
        received_at datetime(3) NOT NULL,
        escalate_at datetime(3) NULL,
        escalated_at datetime(3) NULL,
        contacted_at datetime(3) NULL,
        closed_at datetime(3) NULL,
        handled_by binary(16) NULL,
        reject_reason varchar(40) NULL,
        student_id binary(16) NULL,
        matched_student_id binary(16) NULL,
        reported_revision int NOT NULL,
        forget_at datetime(3) NULL,
        erased_at datetime(3) NULL,
        UNIQUE KEY leads_school (school_id, id),
        UNIQUE KEY leads_external (source, external_id),
        KEY leads_state (school_id, state, id),
        KEY leads_source (school_id, source, id),
        KEY leads_location (school_id, location_id, id),
        KEY leads_student (school_id, student_id),
        KEY leads_matched (school_id, matched_student_id),
        KEY leads_email (school_id, email),
        KEY leads_escalate (escalate_at),
        KEY leads_forget (forget_at),
        CONSTRAINT leads_known_location FOREIGN KEY (school_id, location_id) REFERENCES locations (school_id, id),
        CONSTRAINT leads_known_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
        CONSTRAINT leads_known_match FOREIGN KEY (school_id, matched_student_id) REFERENCES students (school_id, id),
        CONSTRAINT leads_state_known CHECK (state IN ('new', 'contacted', 'converted', 'rejected')),
        CONSTRAINT leads_converted CHECK (state <> 'converted' OR student_id IS NOT NULL)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
    this.addSql('ALTER TABLE students ADD KEY students_phone (school_id, phone)');
  }

  override down(): void {
    this.addSql('ALTER TABLE students DROP KEY students_phone');
    this.addSql('DROP TABLE leads');
  }
}
