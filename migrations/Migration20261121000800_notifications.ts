import { Migration } from '@mikro-orm/migrations';

export class Migration20261121000800_notifications extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE messages (
        id binary(16) NOT NULL,
        school_id binary(16) NULL,
        user_id binary(16) NOT NULL,
        channel varchar(40) NOT NULL,
        kind varchar(40) NOT NULL,
        subject_id binary(16) NOT NULL,
        params json NOT NULL,
        dedupe_key varchar(190) NOT NULL,
        state varchar(40) NOT NULL,
        locale varchar(40) NULL,
        recipient_masked varchar(190) NULL,
        provider varchar(40) NULL,
        provider_ref varchar(190) NULL,
        segments int NULL,
        attempts int NOT NULL DEFAULT 0,
        reason varchar(500) NULL,
        created_at datetime(3) NOT NULL,
        first_tried_at datetime(3) NULL,
        closed_at datetime(3) NULL,
        PRIMARY KEY (id),
        UNIQUE KEY messages_school (school_id, id),
        UNIQUE KEY messages_dedupe_key (dedupe_key),
        UNIQUE KEY messages_provider_ref (provider, provider_ref),
        KEY messages_user (school_id, user_id, id),
        KEY messages_subject (school_id, subject_id, kind),
        CONSTRAINT messages_channel CHECK (channel IN ('email', 'sms')),
        CONSTRAINT messages_state CHECK (state IN ('queued', 'sending', 'sent', 'rejected', 'failed', 'dropped'))
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
    this.addSql(`
      CREATE TABLE reminders (
        school_id binary(16) NOT NULL,
        booking_id binary(16) NOT NULL,
        starts_at datetime(3) NOT NULL,
        lead_minutes int NOT NULL,
        user_id binary(16) NOT NULL,
        channel varchar(40) NOT NULL,
        PRIMARY KEY (school_id, booking_id, starts_at, lead_minutes, user_id, channel),
        CONSTRAINT reminders_booking FOREIGN KEY (school_id, booking_id) REFERENCES bookings (school_id, id),
        CONSTRAINT reminders_channel CHECK (channel IN ('email', 'sms'))
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
  }

  override down(): void {
    this.addSql('DROP TABLE reminders');
    this.addSql('DROP TABLE messages');
  }
}
