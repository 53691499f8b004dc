import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';
const ref = 'varchar(255) CHARACTER SET ascii COLLATE ascii_bin';

/** Which gateway a school is paid through, and the cards that students have saved there. */
export class Migration20261124000610_saved_methods extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE gateway_accounts (
      school_id binary(16) NOT NULL PRIMARY KEY,
      provider varchar(40) NOT NULL,
      account_ref ${ref} NULL,
      UNIQUE KEY gateway_accounts_ref (provider, account_ref),
      CONSTRAINT gateway_accounts_school FOREIGN KEY (school_id) REFERENCES schools (id)
    ) ${table}`);
    this.addSql(`CREATE TABLE saved_methods (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      provider varchar(40) NOT NULL,
      account_ref ${ref} NULL,
      setup_ref ${ref} NULL,
      setup_url varchar(2000) NULL,
      customer_ref ${ref} NULL,
      method_ref ${ref} NULL,
      state varchar(40) NOT NULL,
      brand varchar(40) NULL,
      last4 char(4) NULL,
      exp_month int NULL,
      exp_year int NULL,
      consent_version varchar(20) NOT NULL,
      consented_by binary(16) NOT NULL,
      created_at datetime(3) NOT NULL,
      saved_at datetime(3) NULL,
      removed_at datetime(3) NULL,
      next_check_at datetime(3) NULL,
      checks int NOT NULL,
      UNIQUE KEY saved_methods_school_id (school_id, id),
      UNIQUE KEY saved_methods_ref (provider, method_ref),
      KEY saved_methods_student (school_id, student_id, id),
      KEY saved_methods_next_check (next_check_at),
      CONSTRAINT saved_methods_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT saved_methods_state CHECK (state IN ('opening', 'open', 'saved', 'expired', 'removed')),
      CONSTRAINT saved_methods_complete CHECK (state <> 'saved' OR (method_ref IS NOT NULL AND customer_ref IS NOT NULL))
    ) ${table}`);
    this.addSql(`ALTER TABLE payments ADD KEY payments_method (school_id, method_id),
      ADD CONSTRAINT payments_by_method FOREIGN KEY (school_id, method_id) REFERENCES saved_methods (school_id, id)`);
  }

  override down(): void {
    this.addSql('ALTER TABLE payments DROP FOREIGN KEY payments_by_method');
    this.addSql('ALTER TABLE payments DROP KEY payments_method');
    this.addSql('DROP TABLE saved_methods');
    this.addSql('DROP TABLE gateway_accounts');
  }
}
