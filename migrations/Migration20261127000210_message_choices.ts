import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';

/** How people want to hear from a school, and who may be sent advertisements. */
export class Migration20261127000210_message_choices extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE message_preferences (
      school_id binary(16) NOT NULL,
      user_id binary(16) NOT NULL,
      topic varchar(40) NOT NULL,
      channel varchar(40) NOT NULL,
      is_on tinyint(1) NOT NULL,
      changed_at datetime(3) NULL,
      PRIMARY KEY (school_id, user_id, topic, channel),
      KEY message_preferences_user (user_id),
      CONSTRAINT message_preferences_of_user FOREIGN KEY (user_id) REFERENCES users (id),
      CONSTRAINT message_preferences_channel CHECK (channel IN ('email', 'sms'))
    ) ${table}`);
    this.addSql(`CREATE TABLE marketing_consents (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      user_id binary(16) NOT NULL,
      channel varchar(40) NOT NULL,
      decision varchar(40) NOT NULL,
      source varchar(40) NOT NULL,
      wording varchar(40) NULL,
      recorded_by binary(16) NULL,
      decided_at datetime(3) NOT NULL,
      UNIQUE KEY marketing_consents_school_id (school_id, id),
      KEY marketing_consents_standing (school_id, user_id, channel, id),
      KEY marketing_consents_user (user_id),
      CONSTRAINT marketing_consents_of_user FOREIGN KEY (user_id) REFERENCES users (id),
      CONSTRAINT marketing_consents_channel CHECK (channel IN ('email', 'sms')),
      CONSTRAINT marketing_consents_decision CHECK (decision IN ('given', 'withdrawn')),
      CONSTRAINT marketing_consents_source CHECK (source IN ('app', 'sign_up_form', 'paper', 'link')),
      CONSTRAINT marketing_consents_wording CHECK ((decision = 'given') = (wording IS NOT NULL))
    ) ${table}`);
    // Rows go when the person is erased; what stands is never rewritten.
    this.addSql(`CREATE TRIGGER marketing_consents_no_update BEFORE UPDATE ON marketing_consents FOR EACH ROW
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'marketing_consents is append-only'`);
  }

  override down(): void {
    this.addSql('DROP TABLE marketing_consents');
    this.addSql('DROP TABLE message_preferences');
  }
}
