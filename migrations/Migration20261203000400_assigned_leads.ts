import { Migration } from '@mikro-orm/migrations';

/** Who of the school looks after a lead. */
export class Migration20261203000400_assigned_leads extends Migration {
  override up(): void {
    this.addSql(
      'ALTER TABLE leads ADD COLUMN assigned_to binary(16) NULL, ADD KEY leads_assigned (school_id, assigned_to, id)',
    );
  }

  override down(): void {
    this.addSql('ALTER TABLE leads DROP KEY leads_assigned, DROP COLUMN assigned_to');
  }
}
