import { Migration } from '@mikro-orm/migrations';

const tables = ['webhook_endpoints', 'webhook_messages', 'webhook_attempts'];

const keys = [
  `ALTER TABLE webhook_messages ADD CONSTRAINT webhook_messages_endpoint
    FOREIGN KEY (school_id, endpoint_id) REFERENCES webhook_endpoints (school_id, id)`,
  `ALTER TABLE webhook_attempts ADD CONSTRAINT webhook_attempts_message
    FOREIGN KEY (school_id, message_id) REFERENCES webhook_messages (school_id, id) ON DELETE CASCADE`,
];

/** Endpoints of the platform's partners beside those of schools, and which partners a school lets hear of what happens. */
export class Migration20261203000100_partner_webhooks extends Migration {
  override up(): void {
    this.dropKeys();
    for (const table of tables) {
      this.addSql(`ALTER TABLE ${table} MODIFY school_id binary(16) NULL, ADD COLUMN partner varchar(40) NULL`);
    }
    this.addSql(`ALTER TABLE webhook_endpoints ADD UNIQUE KEY webhook_endpoints_partner_id (partner, id),
      ADD CONSTRAINT webhook_endpoints_owner CHECK ((school_id IS NULL) <> (partner IS NULL))`);
    this.addSql(`ALTER TABLE webhook_messages ADD UNIQUE KEY webhook_messages_partner_id (partner, id),
      ADD KEY webhook_messages_partner_endpoint (partner, endpoint_id, id),
      ADD KEY webhook_messages_partner_state (partner, state, id),
      ADD CONSTRAINT webhook_messages_owner CHECK ((school_id IS NULL) <> (partner IS NULL))`);
    this.addSql(`ALTER TABLE webhook_attempts ADD UNIQUE KEY webhook_attempts_message_number (message_id, number),
      ADD KEY webhook_attempts_partner (partner, message_id)`);
    for (const key of keys) this.addSql(key);
    for (const key of keys) {
      this.addSql(key.replace(/CONSTRAINT (\w+)/, 'CONSTRAINT $1_of_partner').replaceAll('school_id', 'partner'));
    }
    this.addSql(`ALTER TABLE school_listings ADD COLUMN event_directories varchar(200) NOT NULL DEFAULT ''`);
  }

  override down(): void {
    this.addSql('ALTER TABLE school_listings DROP COLUMN event_directories');
    this.addSql('ALTER TABLE webhook_attempts DROP FOREIGN KEY webhook_attempts_message_of_partner');
    this.addSql('ALTER TABLE webhook_messages DROP FOREIGN KEY webhook_messages_endpoint_of_partner');
    this.dropKeys();
    for (const table of tables.toReversed()) this.addSql(`DELETE FROM ${table} WHERE school_id IS NULL`);
    for (const name of ['partner', 'message_number']) {
      this.addSql(`ALTER TABLE webhook_attempts DROP KEY webhook_attempts_${name}`);
    }
    this.addSql('ALTER TABLE webhook_messages DROP CONSTRAINT webhook_messages_owner');
    for (const name of ['partner_state', 'partner_endpoint', 'partner_id']) {
      this.addSql(`ALTER TABLE webhook_messages DROP KEY webhook_messages_${name}`);
    }
    this.addSql('ALTER TABLE webhook_endpoints DROP CONSTRAINT webhook_endpoints_owner');
    this.addSql('ALTER TABLE webhook_endpoints DROP KEY webhook_endpoints_partner_id');
    for (const table of tables) {
      this.addSql(`ALTER TABLE ${table} DROP COLUMN partner, MODIFY school_id binary(16) NOT NULL`);
    }
    for (const key of keys) this.addSql(key);
  }

  private dropKeys(): void {
    this.addSql('ALTER TABLE webhook_attempts DROP FOREIGN KEY webhook_attempts_message');
    this.addSql('ALTER TABLE webhook_messages DROP FOREIGN KEY webhook_messages_endpoint');
  }
}
