import { Migration } from '@mikro-orm/migrations';

/** The number by which a school's bank knows its giro payments. */
export class Migration20261125000500_giro_creditors extends Migration {
  override up(): void {
    this.addSql('ALTER TABLE finance_settings ADD giro_creditor char(8) NULL');
  }

  override down(): void {
    this.addSql('ALTER TABLE finance_settings DROP giro_creditor');
  }
}
