import { Migration } from '@mikro-orm/migrations';

/** Secret links to the page on which one invoice is paid; one of them at a time is an invoice's current one. */
export class Migration20261124000420_pay_links extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE pay_links (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      invoice_id binary(16) NOT NULL,
      current_for binary(16) NULL,
      token_hash char(64) NOT NULL,
      token text NULL,
      created_at datetime(3) NOT NULL,
      expires_at datetime(3) NOT NULL,
      UNIQUE KEY pay_links_school_id (school_id, id),
      UNIQUE KEY pay_links_token_hash (token_hash),
      UNIQUE KEY pay_links_current (school_id, current_for),
      KEY pay_links_invoice (school_id, invoice_id),
      CONSTRAINT pay_links_of_invoice FOREIGN KEY (school_id, invoice_id) REFERENCES invoices (school_id, id)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
  }

  override down(): void {
    this.addSql('DROP TABLE pay_links');
  }
}
