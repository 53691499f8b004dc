import { Migration } from '@mikro-orm/migrations';

/** Who is to hear of what was given up. */
export class Migration20261127000610_platform_admins extends Migration {
  override up(): void {
    this.addSql('ALTER TABLE users ADD KEY users_platform_admin (platform_admin)');
  }

  override down(): void {
    this.addSql('ALTER TABLE users DROP KEY users_platform_admin');
  }
}
