import { Migration } from '@mikro-orm/migrations';

/** The image on a school's invoices and pages. */
export class Migration20261125000510_school_logos extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE school_logos (
      school_id binary(16) NOT NULL PRIMARY KEY,
      file_id binary(16) NOT NULL,
      width int NOT NULL,
      height int NOT NULL,
      uploaded_at datetime(3) NOT NULL,
      UNIQUE KEY school_logos_file (school_id, file_id),
      CONSTRAINT school_logos_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT school_logos_in_file FOREIGN KEY (school_id, file_id) REFERENCES stored_files (school_id, id)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
  }

  override down(): void {
    this.addSql('DROP TABLE school_logos');
  }
}
