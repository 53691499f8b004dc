import { Migration } from '@mikro-orm/migrations';

/** Answers to requests that carried an Idempotency-Key, for a day; found by the key, never by whom they belong to. */
export class Migration20261121000160_idempotency extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE stored_answers (
      key_hash binary(32) NOT NULL PRIMARY KEY,
      request_hash binary(32) NOT NULL,
      user_id binary(16) NOT NULL,
      school_id binary(16) NULL,
      status smallint NULL,
      body mediumtext NULL,
      created_at datetime(3) NOT NULL,
      KEY stored_answers_created (created_at)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
  }

  override down(): void {
    this.addSql('DROP TABLE stored_answers');
  }
}
