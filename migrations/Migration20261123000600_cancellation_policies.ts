import { Migration } from '@mikro-orm/migrations';

/**
 * When cancelling costs what, in as many steps as a school has; null stands for the hours and the amount that are there already,
 * in lesson types as in the terms agreed with a booking.
 */
export class Migration20261123000600_cancellation_policies extends Migration {
  override up(): void {
    this.addSql(`ALTER TABLE lesson_types ADD COLUMN cancellation json NULL`);
    this.addSql(`ALTER TABLE schools ADD COLUMN kept_holidays varchar(120) NOT NULL DEFAULT ''`);
    this.addSql(`ALTER TABLE bookings
      ADD COLUMN cancellation json NULL,
      ADD COLUMN waived_minor bigint NOT NULL DEFAULT 0,
      ADD COLUMN fee_charge_source binary(16) NULL`);
    // Until now staying away cost the whole price, by the lesson's own charge.
    this.addSql(`UPDATE bookings SET fee_minor = price_minor WHERE state = 'no_show' AND fee_minor = 0`);
  }

  override down(): void {
    this.addSql(`ALTER TABLE bookings
      DROP COLUMN fee_charge_source, DROP COLUMN waived_minor, DROP COLUMN cancellation`);
    this.addSql('ALTER TABLE schools DROP COLUMN kept_holidays');
    this.addSql('ALTER TABLE lesson_types DROP COLUMN cancellation');
  }
}
