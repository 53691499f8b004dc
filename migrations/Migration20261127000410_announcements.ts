import { Migration } from '@mikro-orm/migrations';

/** What a school tells many students at once, and to whom it has still to be sent. */
export class Migration20261127000410_announcements extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE announcements (
      id binary(16) NOT NULL,
      school_id binary(16) NOT NULL,
      state varchar(40) NOT NULL,
      purpose varchar(40) NOT NULL,
      content json NOT NULL,
      audience json NOT NULL,
      version int NOT NULL,
      email_recipients int NULL,
      sms_recipients int NULL,
      created_at datetime(3) NOT NULL,
      confirmed_at datetime(3) NULL,
      all_queued_at datetime(3) NULL,
      cancelled_at datetime(3) NULL,
      PRIMARY KEY (id),
      UNIQUE KEY announcements_school (school_id, id),
      KEY announcements_state (school_id, state, id),
      CONSTRAINT announcements_school_foreign FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT announcements_state_known CHECK (state IN ('draft', 'sending', 'cancelled')),
      CONSTRAINT announcements_purpose CHECK (purpose IN ('service', 'marketing')),
      CONSTRAINT announcements_confirmed CHECK ((state = 'draft') = (confirmed_at IS NULL))
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
    this.addSql(`CREATE TABLE announcement_recipients (
      announcement_id binary(16) NOT NULL,
      channel varchar(40) NOT NULL,
      user_id binary(16) NOT NULL,
      school_id binary(16) NOT NULL,
      PRIMARY KEY (announcement_id, channel, user_id),
      KEY announcement_recipients_announcement (school_id, announcement_id),
      KEY announcement_recipients_user (school_id, user_id),
      CONSTRAINT announcement_recipients_announcement_foreign FOREIGN KEY (school_id, announcement_id) REFERENCES announcements (school_id, id),
      CONSTRAINT announcement_recipients_channel CHECK (channel IN ('email', 'sms'))
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
  }

  override down(): void {
    this.addSql('DROP TABLE announcement_recipients');
    this.addSql('DROP TABLE announcements');
  }
}
