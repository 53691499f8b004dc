import { Migration } from '@mikro-orm/migrations';

/** For which day teachers have got their list. */
export class Migration20261127000310_teacher_digests extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE teacher_digests (
      school_id binary(16) NOT NULL PRIMARY KEY,
      day date NOT NULL,
      CONSTRAINT teacher_digests_school FOREIGN KEY (school_id) REFERENCES schools (id)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
  }

  override down(): void {
    this.addSql('DROP TABLE teacher_digests');
  }
}
