import { Migration } from '@mikro-orm/migrations';

/** Money that staff take in and pay out: payments without an invoice, what is known of them, and taking one back. */
export class Migration20261124000800_manual_payments extends Migration {
  override up(): void {
    this.addSql(`ALTER TABLE payments
      MODIFY invoice_id binary(16) NULL,
      ADD COLUMN method varchar(40) NULL,
      ADD COLUMN received_on date NULL,
      ADD COLUMN reference varchar(100) NULL,
      ADD COLUMN note varchar(300) NULL,
      ADD COLUMN recorded_by binary(16) NULL,
      ADD COLUMN reversed_at datetime(3) NULL,
      ADD COLUMN reversed_by binary(16) NULL,
      ADD COLUMN reversal_reason varchar(200) NULL,
      ADD CONSTRAINT payments_method CHECK (method IN ('cash', 'bank_transfer', 'mobilepay_box')),
      ADD CONSTRAINT payments_by_hand CHECK ((provider = 'manual') = (method IS NOT NULL) AND (provider = 'manual') = (received_on IS NOT NULL)
        AND (provider = 'manual' OR invoice_id IS NOT NULL)),
      ADD CONSTRAINT payments_reversed CHECK ((state = 'reversed') = (reversed_at IS NOT NULL))`);
    this.states('payments', 'payments_state', 'state', [...states, 'reversed']);
    this.states('payment_allocations', 'payment_allocations_source', 'source', [...sources, 'credit', 'reversal']);
    this.addSql(`ALTER TABLE refunds ADD COLUMN method varchar(40) NULL,
      ADD CONSTRAINT refunds_method CHECK (method IN ('cash', 'bank_transfer', 'mobilepay_box'))`);
    this.addSql('ALTER TABLE finance_settings ADD COLUMN use_credit tinyint(1) NOT NULL DEFAULT 0');
  }

  override down(): void {
    this.addSql('ALTER TABLE finance_settings DROP COLUMN use_credit');
    this.addSql('ALTER TABLE refunds DROP CONSTRAINT refunds_method');
    this.addSql('ALTER TABLE refunds DROP COLUMN method');
    this.states('payment_allocations', 'payment_allocations_source', 'source', sources);
    this.states('payments', 'payments_state', 'state', states);
    for (const name of ['method', 'by_hand', 'reversed'])
      this.addSql(`ALTER TABLE payments DROP CONSTRAINT payments_${name}`);
    this.addSql(`ALTER TABLE payments DROP COLUMN method, DROP COLUMN received_on, DROP COLUMN reference, DROP COLUMN note,
      DROP COLUMN recorded_by, DROP COLUMN reversed_at, DROP COLUMN reversed_by, DROP COLUMN reversal_reason`);
    this.addSql('ALTER TABLE payments MODIFY invoice_id binary(16) NOT NULL');
  }

  private states(table: string, name: string, column: string, words: readonly string[]): void {
    this.addSql(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
    const list = words.map((word) => `'${word}'`).join(', ');
    this.addSql(`ALTER TABLE ${table} ADD CONSTRAINT ${name} CHECK (${column} IN (${list}))`);
  }
}

const states = ['created', 'pending', 'unknown', 'authorized', 'succeeded', 'failed', 'expired'];
const sources = ['payment', 'refund', 'credit_note'];
