import { Migration } from '@mikro-orm/migrations';

/** When text messages may wait: the school's quiet hours, in the zone of whoever reads; and when what a message tells about begins. */
export class Migration20261127000200_quiet_hours extends Migration {
  override up(): void {
    this.addSql(`ALTER TABLE schools
      ADD COLUMN quiet_from char(5) NOT NULL DEFAULT '21:00',
      ADD COLUMN quiet_until char(5) NOT NULL DEFAULT '08:00'`);
    this.addSql('ALTER TABLE users ADD COLUMN zone varchar(60) NULL');
    this.addSql('ALTER TABLE messages ADD COLUMN happens_at datetime(3) NULL');
  }

  override down(): void {
    this.addSql('ALTER TABLE messages DROP COLUMN happens_at');
    this.addSql('ALTER TABLE users DROP COLUMN zone');
    this.addSql('ALTER TABLE schools DROP COLUMN quiet_from, DROP COLUMN quiet_until');
  }
}
