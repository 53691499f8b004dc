import { Migration } from '@mikro-orm/migrations';

/** How often a class was changed, and when last: calendars that people subscribe to tell their readers so. */
export class Migration20261123000401_class_changes extends Migration {
  override up(): void {
    this.addSql(
      'ALTER TABLE class_sessions ADD COLUMN version int NOT NULL DEFAULT 1, ADD COLUMN changed_at datetime(3) NULL',
    );
  }

  override down(): void {
    this.addSql('ALTER TABLE class_sessions DROP COLUMN version, DROP COLUMN changed_at');
  }
}
