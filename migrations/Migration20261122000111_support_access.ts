import { Migration } from '@mikro-orm/migrations';

/** When a platform administrator looked into a school, and why. */
export class Migration20261122000111_support_access extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE support_accesses (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      user_id binary(16) NOT NULL,
      reason varchar(500) NOT NULL,
      opened_at datetime(3) NOT NULL,
      expires_at datetime(3) NOT NULL,
      closed_at datetime(3) NULL,
      UNIQUE KEY support_accesses_school (school_id, id),
      KEY support_accesses_user (user_id, expires_at),
      CONSTRAINT support_accesses_user FOREIGN KEY (user_id) REFERENCES users (id)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
  }

  override down(): void {
    this.addSql('DROP TABLE support_accesses');
  }
}
