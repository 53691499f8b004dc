import { Migration } from '@mikro-orm/migrations';

/** What went to the books of one student, for whoever asks what is kept of him. */
export class Migration20261128000110_accounting_of_students extends Migration {
  override up(): void {
    this.addSql('ALTER TABLE accounting_records ADD KEY accounting_records_student (school_id, student_id)');
  }

  override down(): void {
    this.addSql('ALTER TABLE accounting_records DROP KEY accounting_records_student');
  }
}
