import { Migration } from '@mikro-orm/migrations';

/** What every delivery is found by and changes is compared byte by byte, and it stands in one index of states instead of two. */
export class Migration20261206000100_hot_columns extends Migration {
  override up(): void {
    this.addSql(`ALTER TABLE outbox_deliveries
      MODIFY handler varchar(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      MODIFY lane varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'main',
      MODIFY state varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      ADD KEY outbox_deliveries_state (state, lane, due_at),
      DROP KEY outbox_deliveries_due, DROP KEY outbox_deliveries_lane`);
  }

  override down(): void {
    this.addSql(`ALTER TABLE outbox_deliveries
      MODIFY handler varchar(100) NOT NULL, MODIFY lane varchar(40) NOT NULL DEFAULT 'main', MODIFY state varchar(40) NOT NULL,
      ADD KEY outbox_deliveries_due (state, due_at), ADD KEY outbox_deliveries_lane (lane, state, due_at),
      DROP KEY outbox_deliveries_state`);
  }
}
