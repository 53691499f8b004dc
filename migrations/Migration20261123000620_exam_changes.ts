import { Migration } from '@mikro-orm/migrations';

/** When an exam last changed: calendar feeds tell it. */
export class Migration20261123000620_exam_changes extends Migration {
  override up(): void {
    this.addSql(`ALTER TABLE exams ADD COLUMN changed_at datetime(3) NOT NULL
      DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3)`);
  }

  override down(): void {
    this.addSql('ALTER TABLE exams DROP COLUMN changed_at');
  }
}
