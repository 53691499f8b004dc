import { Migration } from '@mikro-orm/migrations';

const before = `('queued', 'sending', 'sent', 'rejected', 'failed', 'dropped')`;
const after = `('queued', 'sending', 'sent', 'delivered', 'bounced', 'complained', 'rejected', 'failed', 'dropped')`;

/** What providers tell about messages they took, and which addresses take none. */
export class Migration20261126000100_delivery_reports extends Migration {
  override up(): void {
    this.addSql(`ALTER TABLE messages
      ADD COLUMN cost_micros bigint NULL,
      ADD COLUMN cost_currency char(3) NULL,
      ADD COLUMN told_at datetime(3) NULL,
      ADD CONSTRAINT messages_cost CHECK ((cost_micros IS NULL) = (cost_currency IS NULL) AND coalesce(cost_micros, 0) >= 0)`);
    this.states(after);
    this.addSql(`CREATE TABLE undeliverable_addresses (
      channel varchar(40) NOT NULL,
      address varchar(254) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      cause varchar(40) NOT NULL,
      reason varchar(500) NULL,
      told_at datetime(3) NULL,
      lifted_at datetime(3) NULL,
      PRIMARY KEY (channel, address, cause),
      CONSTRAINT undeliverable_addresses_channel CHECK (channel IN ('email', 'sms')),
      CONSTRAINT undeliverable_addresses_cause CHECK (cause IN ('hard_bounce', 'complaint', 'stop'))
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
  }

  override down(): void {
    this.addSql('DROP TABLE undeliverable_addresses');
    this.addSql(`UPDATE messages SET state = 'sent' WHERE state IN ('delivered', 'bounced', 'complained')`);
    this.states(before);
    this.addSql('ALTER TABLE messages DROP CONSTRAINT messages_cost');
    for (const column of ['cost_micros', 'cost_currency', 'told_at'])
      this.addSql(`ALTER TABLE messages DROP COLUMN ${column}`);
  }

  private states(known: string): void {
    this.addSql('ALTER TABLE messages DROP CONSTRAINT messages_state');
    this.addSql(`ALTER TABLE messages ADD CONSTRAINT messages_state CHECK (state IN ${known})`);
  }
}
