import { Migration } from '@mikro-orm/migrations';

/** Why a fee was waived, where it can be erased with what else was written of a lesson. */
export class Migration20261123000950_waive_reason extends Migration {
  override up(): void {
    this.addSql('ALTER TABLE bookings ADD COLUMN waive_reason varchar(500) NULL AFTER waived_minor');
  }

  override down(): void {
    this.addSql('ALTER TABLE bookings DROP COLUMN waive_reason');
  }
}
