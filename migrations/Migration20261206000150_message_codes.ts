import { Migration } from '@mikro-orm/migrations';

/** What every message is found by and changes is compared byte by byte; a provider's references differ by case, too. */
export class Migration20261206000150_message_codes extends Migration {
  override up(): void {
    this.addSql(`ALTER TABLE messages
      MODIFY dedupe_key varchar(190) COLLATE utf8mb4_bin NOT NULL,
      MODIFY state varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      MODIFY provider varchar(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
      MODIFY provider_ref varchar(190) COLLATE utf8mb4_bin NULL`);
  }

  override down(): void {
    this.addSql(`ALTER TABLE messages
      MODIFY dedupe_key varchar(190) NOT NULL, MODIFY state varchar(40) NOT NULL,
      MODIFY provider varchar(40) NULL, MODIFY provider_ref varchar(190) NULL`);
  }
}
