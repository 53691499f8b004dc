import { Migration } from '@mikro-orm/migrations';

const indexes: readonly (readonly [table: string, name: string, columns: string])[] = [
  ['students', 'students_status_age', 'school_id, status, id'],
  ['charges', 'charges_student_age', 'school_id, student_id, id'],
  ['charges', 'charges_state_age', 'school_id, state, id'],
  ['invoices', 'invoices_kind_age', 'school_id, kind, id'],
  ['invoices', 'invoices_due', 'school_id, due_on, id'],
  ['invoices', 'invoices_state_due', 'school_id, state, due_on, id'],
  ['messages', 'messages_state_age', 'school_id, state, id'],
];

/** An index for each order and filter that a list may now be asked for. */
export class Migration20261122000400_list_indexes extends Migration {
  override up(): void {
    for (const [table, name, columns] of indexes) this.addSql(`ALTER TABLE ${table} ADD KEY ${name} (${columns})`);
  }

  override down(): void {
    for (const [table, name] of indexes) this.addSql(`ALTER TABLE ${table} DROP KEY ${name}`);
  }
}
