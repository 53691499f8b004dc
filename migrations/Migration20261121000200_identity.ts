import { Migration } from '@mikro-orm/migrations';

export class Migration20261121000200_identity extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE users (
        id binary(16) NOT NULL PRIMARY KEY,
        email varchar(254) COLLATE utf8mb4_bin NOT NULL,
        password_hash varchar(200) NULL,
        name varchar(200) NOT NULL,
        phone varchar(20) NULL,
        locale varchar(40) NOT NULL,
        platform_admin tinyint(1) NOT NULL,
        created_at datetime(3) NOT NULL,
        UNIQUE KEY users_email (email),
        CONSTRAINT users_locale CHECK (locale IN ('da', 'en'))
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
    this.addSql(`
      CREATE TABLE memberships (
        school_id binary(16) NOT NULL,
        user_id binary(16) NOT NULL,
        role varchar(40) NOT NULL,
        created_at datetime(3) NOT NULL,
        PRIMARY KEY (school_id, user_id, role),
        KEY memberships_user (user_id),
        CONSTRAINT memberships_user FOREIGN KEY (user_id) REFERENCES users (id),
        CONSTRAINT memberships_role CHECK (role IN ('owner', 'office', 'teacher', 'guardian', 'student', 'partner'))
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
    this.addSql(`
      CREATE TABLE sessions (
        id binary(16) NOT NULL PRIMARY KEY,
        user_id binary(16) NOT NULL,
        created_at datetime(3) NOT NULL,
        expires_at datetime(3) NOT NULL,
        ended_at datetime(3) NULL,
        KEY sessions_user (user_id),
        KEY sessions_expires_at (expires_at),
        CONSTRAINT sessions_user FOREIGN KEY (user_id) REFERENCES users (id)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
    this.addSql(`
      CREATE TABLE refresh_tokens (
        id binary(16) NOT NULL PRIMARY KEY,
        session_id binary(16) NOT NULL,
        hash varchar(64) NOT NULL,
        expires_at datetime(3) NOT NULL,
        used_at datetime(3) NULL,
        UNIQUE KEY refresh_tokens_hash (hash),
        KEY refresh_tokens_session (session_id),
        CONSTRAINT refresh_tokens_session FOREIGN KEY (session_id) REFERENCES sessions (id) ON DELETE CASCADE
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
    this.addSql(`
      CREATE TABLE one_time_tokens (
        id binary(16) NOT NULL PRIMARY KEY,
        user_id binary(16) NOT NULL,
        purpose varchar(40) NOT NULL,
        hash varchar(64) NULL,
        created_at datetime(3) NOT NULL,
        expires_at datetime(3) NOT NULL,
        used_at datetime(3) NULL,
        UNIQUE KEY one_time_tokens_hash (hash),
        KEY one_time_tokens_user (user_id),
        KEY one_time_tokens_expires_at (expires_at),
        CONSTRAINT one_time_tokens_user FOREIGN KEY (user_id) REFERENCES users (id),
        CONSTRAINT one_time_tokens_purpose CHECK (purpose IN ('invitation', 'password_reset'))
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
  }

  override down(): void {
    this.addSql('DROP TABLE one_time_tokens');
    this.addSql('DROP TABLE refresh_tokens');
    this.addSql('DROP TABLE sessions');
    this.addSql('DROP TABLE memberships');
    this.addSql('DROP TABLE users');
  }
}
