import { Migration } from '@mikro-orm/migrations';

/** From whom a school demands a second factor. */
export class Migration20261207000600_sign_in_rules extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE sign_in_rules (
      school_id binary(16) NOT NULL PRIMARY KEY,
      second_factor_for varchar(40) NOT NULL
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
  }

  override down(): void {
    this.addSql('DROP TABLE sign_in_rules');
  }
}
