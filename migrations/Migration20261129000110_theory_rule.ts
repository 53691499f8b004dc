import { Migration } from '@mikro-orm/migrations';

/** How much theory a student has done before lessons of a type are booked. */
export class Migration20261129000110_theory_rule extends Migration {
  override up(): void {
    this.addSql(`ALTER TABLE lesson_type_rules
      ADD COLUMN theory_percent int NULL,
      ADD CONSTRAINT lesson_type_rules_theory CHECK (theory_percent BETWEEN 1 AND 100)`);
  }

  override down(): void {
    this.addSql('ALTER TABLE lesson_type_rules DROP CONSTRAINT lesson_type_rules_theory');
    this.addSql('ALTER TABLE lesson_type_rules DROP COLUMN theory_percent');
  }
}
