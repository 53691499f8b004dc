import { Migration } from '@mikro-orm/migrations';

/** Which message an attempt by hand repeats, and what the delivery log is filtered by. */
export class Migration20261127000400_message_retries extends Migration {
  override up(): void {
    this.addSql(`ALTER TABLE messages
      ADD COLUMN retry_of binary(16) NULL,
      ADD COLUMN fallback_of binary(16) NULL,
      ADD UNIQUE KEY messages_retry_of (school_id, retry_of),
      ADD UNIQUE KEY messages_fallback_of (school_id, fallback_of),
      ADD KEY messages_kind_age (school_id, kind, id),
      ADD KEY messages_channel_age (school_id, channel, id)`);
    for (const column of ['retry_of', 'fallback_of'])
      this.addSql(`ALTER TABLE messages ADD CONSTRAINT messages_${column}_foreign
        FOREIGN KEY (school_id, ${column}) REFERENCES messages (school_id, id)`);
  }

  override down(): void {
    for (const column of ['retry_of', 'fallback_of']) {
      this.addSql(`ALTER TABLE messages DROP FOREIGN KEY messages_${column}_foreign`);
      this.addSql(`ALTER TABLE messages DROP KEY messages_${column}`);
    }
    for (const key of ['messages_kind_age', 'messages_channel_age'])
      this.addSql(`ALTER TABLE messages DROP KEY ${key}`);
    for (const column of ['retry_of', 'fallback_of']) this.addSql(`ALTER TABLE messages DROP COLUMN ${column}`);
  }
}
