import { Migration } from '@mikro-orm/migrations';

/** The open differences of all schools that were found lately. */
export class Migration20261127000620_new_differences extends Migration {
  override up(): void {
    this.addSql('ALTER TABLE gateway_differences ADD KEY gateway_differences_found (state, found_at)');
  }

  override down(): void {
    this.addSql('ALTER TABLE gateway_differences DROP KEY gateway_differences_found');
  }
}
