import { Migration } from '@mikro-orm/migrations';

/** Why a message was dropped, as far as that decides whether the other channel takes over. */
export class Migration20261127000460_dropped_for extends Migration {
  override up(): void {
    this.addSql('ALTER TABLE messages ADD COLUMN dropped_for varchar(40) NULL');
  }

  override down(): void {
    this.addSql('ALTER TABLE messages DROP COLUMN dropped_for');
  }
}
