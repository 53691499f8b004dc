import { Migration } from '@mikro-orm/migrations';

/** Why something was credited: on the voucher like the rest of it, and taken off it with the buyer. */
export class Migration20261124000410_credit_reasons extends Migration {
  override up(): void {
    this.addSql('ALTER TABLE invoices ADD reason varchar(200) NULL');
    this.addSql(`CREATE TRIGGER invoices_reason_fixed BEFORE UPDATE ON invoices FOR EACH ROW
      IF OLD.number IS NOT NULL AND NOT (NEW.reason <=> OLD.reason)
        AND NOT (NEW.reason <=> '—' AND JSON_UNQUOTE(JSON_EXTRACT(NEW.buyer, '$.name')) <=> '—') THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'an issued invoice is never changed: credit it';
      END IF`);
  }

  override down(): void {
    this.addSql('DROP TRIGGER invoices_reason_fixed');
    this.addSql('ALTER TABLE invoices DROP reason');
  }
}
