import { Migration } from '@mikro-orm/migrations';

/** An account's entries in the order of their days, with their amounts: sums of a period are read from the index alone. */
export class Migration20261124000030_report_indexes extends Migration {
  override up(): void {
    for (const side of ['debit', 'credit'])
      this.addSql(`ALTER TABLE ledger_transfers DROP KEY ledger_transfers_${side},
        ADD KEY ledger_transfers_${side} (school_id, ${side}_account_id, occurred_on, id, amount_minor)`);
    this.addSql('ALTER TABLE ledger_accounts ADD KEY ledger_accounts_kind (school_id, kind, id)');
    this.addSql('ALTER TABLE charges ADD KEY charges_undelivered (school_id, delivered, id)');
  }

  override down(): void {
    this.addSql('ALTER TABLE charges DROP KEY charges_undelivered');
    this.addSql('ALTER TABLE ledger_accounts DROP KEY ledger_accounts_kind');
    for (const side of ['debit', 'credit'])
      this.addSql(`ALTER TABLE ledger_transfers DROP KEY ledger_transfers_${side},
        ADD KEY ledger_transfers_${side} (school_id, ${side}_account_id, occurred_on)`);
  }
}
