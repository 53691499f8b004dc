import { Migration } from '@mikro-orm/migrations';

/** A charge whose delivery was taken back is delivered again under a voucher of its own. */
export class Migration20261125000310_deliveries_taken_back extends Migration {
  override up(): void {
    this.addSql(
      'ALTER TABLE charges ADD COLUMN delivery_id binary(16) NULL, ADD UNIQUE KEY charges_delivery (school_id, delivery_id)',
    );
  }

  override down(): void {
    this.addSql('ALTER TABLE charges DROP KEY charges_delivery, DROP COLUMN delivery_id');
  }
}
