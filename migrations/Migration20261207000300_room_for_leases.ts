import { Migration } from '@mikro-orm/migrations';

/** A row that grows when it is leased is moved within its page, which costs as much as all else about a lease. */
export class Migration20261207000300_room_for_leases extends Migration {
  override up(): void {
    this.addSql('ALTER TABLE outbox_deliveries MODIFY leased_until datetime(3) NULL DEFAULT CURRENT_TIMESTAMP(3)');
  }

  override down(): void {
    this.addSql('ALTER TABLE outbox_deliveries MODIFY leased_until datetime(3) NULL');
  }
}
