import { Migration } from '@mikro-orm/migrations';

/** Charges whose lesson was cancelled: a discount that had voided one is taken off without opening it again. */
export class Migration20261125000300_cancelled_charges extends Migration {
  override up(): void {
    this.addSql('ALTER TABLE charges ADD COLUMN cancelled tinyint(1) NOT NULL DEFAULT 0');
    this.addSql(`UPDATE charges JOIN discount_redemptions
        ON discount_redemptions.school_id = charges.school_id AND discount_redemptions.charge_id = charges.id
      JOIN bookings ON bookings.school_id = charges.school_id AND bookings.id = charges.source_id
      SET charges.cancelled = 1
      WHERE charges.source = 'booking' AND charges.state = 'voided' AND bookings.state = 'cancelled'`);
  }

  override down(): void {
    this.addSql('ALTER TABLE charges DROP COLUMN cancelled');
  }
}
