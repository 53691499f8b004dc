import { Migration } from '@mikro-orm/migrations';

/** Deliveries wait in lanes, and a run names all that it has begun. */
export class Migration20261127000500_delivery_lanes extends Migration {
  override up(): void {
    this.addSql(`ALTER TABLE outbox_deliveries
      ADD COLUMN lane varchar(40) NOT NULL DEFAULT 'main',
      ADD COLUMN run_id binary(16) NULL,
      ADD KEY outbox_deliveries_lane (lane, state, due_at),
      ADD CONSTRAINT outbox_deliveries_lane CHECK (lane IN ('main', 'email', 'sms', 'bulk-email', 'bulk-sms'))`);
  }

  override down(): void {
    this.addSql(`ALTER TABLE outbox_deliveries
      DROP CONSTRAINT outbox_deliveries_lane, DROP KEY outbox_deliveries_lane, DROP COLUMN run_id, DROP COLUMN lane`);
  }
}
