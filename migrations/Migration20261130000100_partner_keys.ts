import { Migration } from '@mikro-orm/migrations';

/** Keys of the platform's partners, who act over the schools that chose them. */
export class Migration20261130000100_partner_keys extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE partner_keys (
        id binary(16) NOT NULL PRIMARY KEY,
        partner varchar(40) NOT NULL,
        name varchar(120) NOT NULL,
        prefix varchar(20) NOT NULL,
        hash varchar(64) NOT NULL,
        scopes varchar(500) NOT NULL,
        created_by binary(16) NOT NULL,
        created_at datetime(3) NOT NULL,
        expires_at datetime(3) NULL,
        last_used_at datetime(3) NULL,
        revoked_at datetime(3) NULL,
        UNIQUE KEY partner_keys_hash (hash)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
  }

  override down(): void {
    this.addSql('DROP TABLE partner_keys');
  }
}
