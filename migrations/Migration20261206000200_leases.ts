import { Migration } from '@mikro-orm/migrations';

/** Until when a delivery is somebody's, by the database's clock. */
export class Migration20261206000200_leases extends Migration {
  override up(): void {
    this.addSql('ALTER TABLE outbox_deliveries ADD COLUMN leased_until datetime(3) NULL');
  }

  override down(): void {
    this.addSql('ALTER TABLE outbox_deliveries DROP COLUMN leased_until');
  }
}
