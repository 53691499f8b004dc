import { Migration } from '@mikro-orm/migrations';

/** Papers are found by the day they stop counting. */
export class Migration20261127000110_expiring_documents extends Migration {
  override up(): void {
    this.addSql('ALTER TABLE student_documents ADD KEY student_documents_expiry (expires_on)');
  }

  override down(): void {
    this.addSql('ALTER TABLE student_documents DROP KEY student_documents_expiry');
  }
}
