import { Migration } from '@mikro-orm/migrations';

const tables = ['api_keys', 'partner_keys'];

/** The secret that a key had before, while it still works. */
export class Migration20261203000200_key_rotation extends Migration {
  override up(): void {
    for (const table of tables) {
      this.addSql(`ALTER TABLE ${table} ADD COLUMN previous_hash varchar(64) NULL, ADD COLUMN previous_until datetime(3) NULL,
        ADD UNIQUE KEY ${table}_previous_hash (previous_hash)`);
    }
  }

  override down(): void {
    for (const table of tables) {
      this.addSql(
        `ALTER TABLE ${table} DROP KEY ${table}_previous_hash, DROP COLUMN previous_hash, DROP COLUMN previous_until`,
      );
    }
  }
}
