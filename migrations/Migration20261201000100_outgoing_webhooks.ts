import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';

/** Addresses that hear of what happens in a school, what they are told, and each attempt to tell it; with a lane of their own. */
export class Migration20261201000100_outgoing_webhooks extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE webhook_endpoints (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      url varchar(500) NOT NULL,
      description varchar(200) NULL,
      event_types varchar(2000) NOT NULL,
      state varchar(40) NOT NULL,
      disabled_reason varchar(40) NULL,
      secret text NULL,
      previous_secret text NULL,
      previous_secret_until datetime(3) NULL,
      failures int NOT NULL DEFAULT 0,
      failing_since datetime(3) NULL,
      last_failure varchar(60) NULL,
      last_failure_at datetime(3) NULL,
      last_success_at datetime(3) NULL,
      held_until datetime(3) NULL,
      lease_id binary(16) NULL,
      lease_until datetime(3) NULL,
      created_by binary(16) NOT NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY webhook_endpoints_school_id (school_id, id),
      KEY webhook_endpoints_state (state, id),
      CONSTRAINT webhook_endpoints_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT webhook_endpoints_state CHECK (state IN ('active', 'paused', 'disabled', 'deleted')),
      CONSTRAINT webhook_endpoints_disabled CHECK ((state = 'disabled') = (disabled_reason IS NOT NULL)),
      CONSTRAINT webhook_endpoints_secret CHECK (state = 'deleted' OR secret IS NOT NULL),
      CONSTRAINT webhook_endpoints_previous CHECK ((previous_secret IS NULL) = (previous_secret_until IS NULL))
    ) ${table}`);
    this.addSql(`CREATE TABLE webhook_messages (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      endpoint_id binary(16) NOT NULL,
      event_id binary(16) NOT NULL,
      type varchar(60) NOT NULL,
      payload text NOT NULL,
      state varchar(40) NOT NULL,
      attempts int NOT NULL DEFAULT 0,
      tries int NOT NULL DEFAULT 0,
      due_at datetime(3) NOT NULL,
      last_reason varchar(60) NULL,
      created_at datetime(3) NOT NULL,
      queued_at datetime(3) NOT NULL,
      closed_at datetime(3) NULL,
      UNIQUE KEY webhook_messages_school_id (school_id, id),
      UNIQUE KEY webhook_messages_event (endpoint_id, event_id),
      KEY webhook_messages_due (endpoint_id, state, due_at),
      KEY webhook_messages_endpoint (school_id, endpoint_id, id),
      KEY webhook_messages_state (school_id, state, id),
      KEY webhook_messages_created (created_at),
      KEY webhook_messages_queued (state, queued_at),
      CONSTRAINT webhook_messages_endpoint FOREIGN KEY (school_id, endpoint_id) REFERENCES webhook_endpoints (school_id, id),
      CONSTRAINT webhook_messages_state CHECK (state IN ('queued', 'delivered', 'dead'))
    ) ${table}`);
    this.addSql(`CREATE TABLE webhook_attempts (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      message_id binary(16) NOT NULL,
      number int NOT NULL,
      started_at datetime(3) NOT NULL,
      outcome varchar(40) NOT NULL,
      status int NULL,
      reason varchar(60) NULL,
      duration_ms int NULL,
      UNIQUE KEY webhook_attempts_number (school_id, message_id, number),
      CONSTRAINT webhook_attempts_message FOREIGN KEY (school_id, message_id) REFERENCES webhook_messages (school_id, id) ON DELETE CASCADE,
      CONSTRAINT webhook_attempts_outcome CHECK (outcome IN ('started', 'accepted', 'rejected', 'unknown'))
    ) ${table}`);
    this.addSql(`ALTER TABLE outbox_deliveries DROP CONSTRAINT outbox_deliveries_lane`);
    this.addSql(`ALTER TABLE outbox_deliveries ADD CONSTRAINT outbox_deliveries_lane
      CHECK (lane IN ('main', 'email', 'sms', 'bulk-email', 'bulk-sms', 'webhooks'))`);
  }

  override down(): void {
    this.addSql("DELETE FROM outbox_deliveries WHERE lane = 'webhooks'");
    this.addSql('ALTER TABLE outbox_deliveries DROP CONSTRAINT outbox_deliveries_lane');
    this.addSql(`ALTER TABLE outbox_deliveries ADD CONSTRAINT outbox_deliveries_lane
      CHECK (lane IN ('main', 'email', 'sms', 'bulk-email', 'bulk-sms'))`);
    this.addSql('DROP TABLE webhook_attempts');
    this.addSql('DROP TABLE webhook_messages');
    this.addSql('DROP TABLE webhook_endpoints');
  }
}
