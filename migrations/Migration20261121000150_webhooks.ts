import { Migration } from '@mikro-orm/migrations';

/** What providers told us, kept as it came until it is purged. Belongs to no school: who is meant is known after reading it. */
export class Migration20261121000150_webhooks extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE webhook_events (
      id binary(16) NOT NULL PRIMARY KEY,
      provider varchar(40) NOT NULL,
      event_key varchar(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      kind varchar(100) NOT NULL,
      state varchar(40) NOT NULL,
      body mediumtext NOT NULL,
      received_at datetime(3) NOT NULL,
      processed_at datetime(3) NULL,
      UNIQUE KEY webhook_events_key (provider, event_key),
      KEY webhook_events_received (received_at),
      CONSTRAINT webhook_events_state CHECK (state IN ('received', 'processed', 'ignored'))
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
  }

  override down(): void {
    this.addSql('DROP TABLE webhook_events');
  }
}
