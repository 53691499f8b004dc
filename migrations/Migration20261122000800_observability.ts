import { Migration } from '@mikro-orm/migrations';

/** What a look from outside needs: when a schedule last did its work, how often it failed, and which trace an event belongs to. */
export class Migration20261122000800_observability extends Migration {
  override up(): void {
    this.addSql(`ALTER TABLE schedules
      ADD COLUMN last_succeeded_at datetime(3) NULL,
      ADD COLUMN failures int NOT NULL DEFAULT 0`);
    this.addSql('ALTER TABLE outbox_events ADD COLUMN trace_parent varchar(55) NULL');
  }

  override down(): void {
    this.addSql('ALTER TABLE outbox_events DROP COLUMN trace_parent');
    this.addSql('ALTER TABLE schedules DROP COLUMN failures, DROP COLUMN last_succeeded_at');
  }
}
