import { Migration } from '@mikro-orm/migrations';

/** Sealed values are text everywhere, however long a key makes them. */
export class Migration20261122000210_sealed_second_factors extends Migration {
  override up(): void {
    this.addSql('ALTER TABLE second_factors MODIFY COLUMN secret text NOT NULL');
  }

  override down(): void {
    this.addSql('ALTER TABLE second_factors MODIFY COLUMN secret varchar(300) NOT NULL');
  }
}
