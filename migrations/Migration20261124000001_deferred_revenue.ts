import { Migration } from '@mikro-orm/migrations';

/**
 * What is invoiced before it is delivered is deferred. All charges so far were posted as revenue, and so are those that the release
 * before this one writes: delivered.
 */
export class Migration20261124000001_deferred_revenue extends Migration {
  override up(): void {
    this.addSql(`ALTER TABLE charges
      ADD COLUMN delivered tinyint(1) NOT NULL DEFAULT true,
      ADD COLUMN delivers_at datetime(3) NULL,
      ADD KEY charges_delivers_at (delivers_at)`);
    this.addSql('ALTER TABLE ledger_accounts ADD COLUMN product_id binary(16) NULL');
  }

  override down(): void {
    this.addSql('ALTER TABLE ledger_accounts DROP COLUMN product_id');
    this.addSql('ALTER TABLE charges DROP KEY charges_delivers_at, DROP COLUMN delivers_at, DROP COLUMN delivered');
  }
}
