import { Migration } from '@mikro-orm/migrations';

/** API keys, second factors, what a person is told about his sessions, and what keeps a school from losing its last owner. */
export class Migration20261122000200_identity_security extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE api_keys (
        id binary(16) NOT NULL PRIMARY KEY,
        school_id binary(16) NOT NULL,
        name varchar(120) NOT NULL,
        prefix varchar(20) NOT NULL,
        hash varchar(64) NOT NULL,
        scopes varchar(1000) NOT NULL,
        created_by binary(16) NOT NULL,
        created_at datetime(3) NOT NULL,
        expires_at datetime(3) NULL,
        last_used_at datetime(3) NULL,
        revoked_at datetime(3) NULL,
        UNIQUE KEY api_keys_hash (hash),
        UNIQUE KEY api_keys_school (school_id, id)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
    this.addSql(`
      CREATE TABLE second_factors (
        user_id binary(16) NOT NULL PRIMARY KEY,
        secret varchar(300) NOT NULL,
        created_at datetime(3) NOT NULL,
        confirmed_at datetime(3) NULL,
        last_step int NULL,
        CONSTRAINT second_factors_user FOREIGN KEY (user_id) REFERENCES users (id)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
    this.addSql(`
      CREATE TABLE recovery_codes (
        user_id binary(16) NOT NULL,
        hash varchar(64) NOT NULL,
        used_at datetime(3) NULL,
        PRIMARY KEY (user_id, hash),
        CONSTRAINT recovery_codes_user FOREIGN KEY (user_id) REFERENCES users (id)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
    this.addSql(`
      ALTER TABLE sessions
        ADD COLUMN address varchar(45) NULL,
        ADD COLUMN user_agent varchar(300) NULL,
        ADD COLUMN last_used_at datetime(3) NULL`);
    this.addSql('ALTER TABLE one_time_tokens ADD COLUMN school_id binary(16) NULL');
    this.addSql(`
      ALTER TABLE memberships
        ADD COLUMN revision int NOT NULL DEFAULT 0,
        ADD KEY memberships_school_role (school_id, role, user_id),
        DROP CONSTRAINT memberships_role,
        ADD CONSTRAINT memberships_role CHECK (role IN ('owner', 'office', 'teacher', 'guardian', 'student'))`);
  }

  override down(): void {
    this.addSql(`
      ALTER TABLE memberships
        DROP CONSTRAINT memberships_role,
        ADD CONSTRAINT memberships_role CHECK (role IN ('owner', 'office', 'teacher', 'guardian', 'student', 'partner')),
        DROP KEY memberships_school_role,
        DROP COLUMN revision`);
    this.addSql('ALTER TABLE one_time_tokens DROP COLUMN school_id');
    this.addSql('ALTER TABLE sessions DROP COLUMN address, DROP COLUMN user_agent, DROP COLUMN last_used_at');
    this.addSql('DROP TABLE recovery_codes');
    this.addSql('DROP TABLE second_factors');
    this.addSql('DROP TABLE api_keys');
  }
}
