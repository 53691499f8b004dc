import { Migration } from '@mikro-orm/migrations';

/** The words a school writes over the standard texts of its messages. */
export class Migration20261127000100_message_texts extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE message_texts (
      school_id binary(16) NOT NULL,
      kind varchar(40) NOT NULL,
      locale varchar(40) NOT NULL,
      subject varchar(200) NOT NULL,
      heading varchar(200) NOT NULL,
      paragraphs json NOT NULL,
      action_label varchar(60) NULL,
      sms varchar(1000) NULL,
      version int NOT NULL,
      changed_by binary(16) NOT NULL,
      changed_at datetime(3) NOT NULL,
      PRIMARY KEY (school_id, kind, locale),
      CONSTRAINT message_texts_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT message_texts_locale CHECK (locale IN ('da', 'en'))
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
  }

  override down(): void {
    this.addSql('DROP TABLE message_texts');
  }
}
