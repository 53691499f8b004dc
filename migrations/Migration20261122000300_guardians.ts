import { Migration } from '@mikro-orm/migrations';

/** Who answers for a student under age. */
export class Migration20261122000300_guardians extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE guardianships (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      user_id binary(16) NOT NULL,
      relation varchar(40) NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY guardianships_school_id_id_unique (school_id, id),
      UNIQUE KEY guardianships_student_user_unique (school_id, student_id, user_id),
      KEY guardianships_school_user_index (school_id, user_id),
      KEY guardianships_user_index (user_id),
      CONSTRAINT guardianships_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT guardianships_user FOREIGN KEY (user_id) REFERENCES users (id),
      CONSTRAINT guardianships_relation CHECK (relation IN ('mother', 'father', 'foster_parent', 'appointed', 'other'))
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
  }

  override down(): void {
    this.addSql('DROP TABLE guardianships');
  }
}
