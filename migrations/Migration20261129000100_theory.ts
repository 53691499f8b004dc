import { Migration } from '@mikro-orm/migrations';

/** Students at a theory platform: who is there, and how far. */
export class Migration20261129000100_theory extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE theory_settings (
      school_id binary(16) NOT NULL PRIMARY KEY,
      enabled tinyint(1) NOT NULL DEFAULT 0,
      link_on_enrolment tinyint(1) NOT NULL DEFAULT 0,
      account_ref varchar(64) NULL,
      read_until varchar(200) NULL,
      next_read_at datetime(3) NULL,
      read_at datetime(3) NULL,
      failures int NOT NULL DEFAULT 0,
      UNIQUE KEY theory_settings_account (account_ref),
      KEY theory_settings_due (next_read_at),
      CONSTRAINT theory_settings_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT theory_settings_enabled CHECK (enabled = 0 OR account_ref IS NOT NULL)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
    this.addSql(`CREATE TABLE theory_links (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      provider varchar(40) NOT NULL,
      account_ref varchar(64) NOT NULL,
      state varchar(40) NOT NULL,
      standing tinyint(1) NULL,
      external_ref varchar(64) NULL,
      activation_url text NULL,
      activated_at datetime(3) NULL,
      attempts int NOT NULL DEFAULT 0,
      next_try_at datetime(3) NULL,
      problem varchar(200) NULL,
      requested_at datetime(3) NOT NULL,
      linked_at datetime(3) NULL,
      ended_at datetime(3) NULL,
      version bigint NOT NULL DEFAULT 0,
      as_of datetime(3) NULL,
      lessons_read int NOT NULL DEFAULT 0,
      lessons_total int NOT NULL DEFAULT 0,
      percent int NOT NULL DEFAULT 0,
      completed_at datetime(3) NULL,
      tests_taken int NOT NULL DEFAULT 0,
      tests_passed int NOT NULL DEFAULT 0,
      best_percent int NULL,
      last_percent int NULL,
      last_test_at datetime(3) NULL,
      UNIQUE KEY theory_links_school_id_id_unique (school_id, id),
      UNIQUE KEY theory_links_standing (school_id, student_id, standing),
      KEY theory_links_list (school_id, standing, id),
      KEY theory_links_percent (school_id, standing, percent, id),
      KEY theory_links_due (next_try_at, id),
      CONSTRAINT theory_links_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT theory_links_state CHECK (state IN ('waiting', 'linked', 'failed', 'ending', 'ended')),
      CONSTRAINT theory_links_standing_state CHECK ((state IN ('ending', 'ended')) = (standing IS NULL)),
      CONSTRAINT theory_links_progress CHECK (lessons_read BETWEEN 0 AND lessons_total AND percent BETWEEN 0 AND 100)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
    this.addSql(`CREATE TABLE theory_test_results (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      link_id binary(16) NOT NULL,
      result_ref varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      test_ref varchar(64) NOT NULL,
      taken_at datetime(3) NOT NULL,
      score int NOT NULL,
      max_score int NOT NULL,
      passed tinyint(1) NOT NULL,
      version bigint NOT NULL,
      UNIQUE KEY theory_test_results_one (school_id, link_id, result_ref),
      KEY theory_test_results_newest (school_id, link_id, taken_at, id),
      CONSTRAINT theory_test_results_link FOREIGN KEY (school_id, link_id) REFERENCES theory_links (school_id, id),
      CONSTRAINT theory_test_results_score CHECK (max_score > 0 AND score BETWEEN 0 AND max_score)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
    this.addSql(`CREATE TABLE theory_catalogues (
      provider varchar(40) NOT NULL PRIMARY KEY,
      content json NOT NULL,
      read_at datetime(3) NOT NULL
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
  }

  override down(): void {
    this.addSql('DROP TABLE theory_catalogues');
    this.addSql('DROP TABLE theory_test_results');
    this.addSql('DROP TABLE theory_links');
    this.addSql('DROP TABLE theory_settings');
  }
}
