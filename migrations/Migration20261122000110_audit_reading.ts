import { Migration } from '@mikro-orm/migrations';

/** Which job or provider acted where no person did, and the kind of subject, so that all about invoices is found by index. */
export class Migration20261122000110_audit_reading extends Migration {
  override up(): void {
    this.addSql(`ALTER TABLE audit_entries
      ADD COLUMN actor_name varchar(100) NULL,
      ADD COLUMN subject_kind varchar(40) NOT NULL DEFAULT '',
      ADD KEY audit_entries_school_kind (school_id, subject_kind, id)`);
  }

  override down(): void {
    this.addSql(`ALTER TABLE audit_entries
      DROP KEY audit_entries_school_kind,
      DROP COLUMN subject_kind,
      DROP COLUMN actor_name`);
  }
}
