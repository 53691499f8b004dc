import { Migration } from '@mikro-orm/migrations';

/** Who did what with money, access and personal data; nobody rewrites it. */
export class Migration20261122000100_audit extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE audit_entries (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NULL,
      at datetime(3) NOT NULL,
      actor_kind varchar(40) NOT NULL,
      actor_id binary(16) NULL,
      actor_role varchar(40) NULL,
      action varchar(80) NOT NULL,
      subject_id binary(16) NULL,
      details json NULL,
      request_id varchar(128) NULL,
      KEY audit_entries_school (school_id, id),
      KEY audit_entries_school_subject (school_id, subject_id, id),
      KEY audit_entries_school_actor (school_id, actor_id, id),
      KEY audit_entries_school_action (school_id, action, id)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
    this.addSql(`CREATE TRIGGER audit_entries_fixed BEFORE UPDATE ON audit_entries FOR EACH ROW
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'what was written down stays as it is'`);
  }

  override down(): void {
    this.addSql('DROP TABLE audit_entries');
  }
}
