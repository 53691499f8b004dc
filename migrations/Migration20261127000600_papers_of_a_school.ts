import { Migration } from '@mikro-orm/migrations';

/** The papers of one school that run out soon. */
export class Migration20261127000600_papers_of_a_school extends Migration {
  override up(): void {
    this.addSql('ALTER TABLE student_documents ADD KEY student_documents_school_expiry (school_id, expires_on)');
  }

  override down(): void {
    this.addSql('ALTER TABLE student_documents DROP KEY student_documents_school_expiry');
  }
}
