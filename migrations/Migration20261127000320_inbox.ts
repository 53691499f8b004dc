import { Migration } from '@mikro-orm/migrations';

/** What people have been told, as their app shows it. */
export class Migration20261127000320_inbox extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE inbox_items (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      user_id binary(16) NOT NULL,
      kind varchar(40) NOT NULL,
      subject_id binary(16) NOT NULL,
      params json NOT NULL,
      dedupe_key varchar(190) NOT NULL,
      created_at datetime(3) NOT NULL,
      read_at datetime(3) NULL,
      UNIQUE KEY inbox_items_school (school_id, id),
      UNIQUE KEY inbox_items_dedupe_key (dedupe_key),
      KEY inbox_items_user (school_id, user_id, id),
      KEY inbox_items_unread (school_id, user_id, read_at, id),
      KEY inbox_items_age (read_at, created_at),
      CONSTRAINT inbox_items_of_school FOREIGN KEY (school_id) REFERENCES schools (id)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
  }

  override down(): void {
    this.addSql('DROP TABLE inbox_items');
  }
}
