import { Migration } from '@mikro-orm/migrations';

/** What operators look for among webhooks: those that nobody has understood yet. */
export class Migration20261122000700_operations extends Migration {
  override up(): void {
    this.addSql('ALTER TABLE webhook_events ADD KEY webhook_events_state (state, id)');
  }

  override down(): void {
    this.addSql('ALTER TABLE webhook_events DROP KEY webhook_events_state');
  }
}
