import { Migration } from '@mikro-orm/migrations';

const states = (more: string) =>
  `CHECK (state IN ('created', 'pending', 'unknown', ${more}'succeeded', 'failed', 'expired'))`;

/** Payments on a school's own account, reserved before they are taken, or taken by a saved method. */
export class Migration20261124000600_payment_flows extends Migration {
  override up(): void {
    this.addSql(`ALTER TABLE payments
      ADD COLUMN account_ref varchar(255) CHARACTER SET ascii COLLATE ascii_bin NULL,
      ADD COLUMN flow varchar(40) NOT NULL DEFAULT 'checkout',
      ADD COLUMN capture varchar(40) NOT NULL DEFAULT 'automatic',
      ADD COLUMN method_id binary(16) NULL,
      ADD CONSTRAINT payments_flow CHECK (flow IN ('checkout', 'intent', 'charge')),
      ADD CONSTRAINT payments_capture CHECK (capture IN ('automatic', 'manual'))`);
    this.addSql(`ALTER TABLE payments DROP CONSTRAINT payments_state`);
    this.addSql(`ALTER TABLE payments ADD CONSTRAINT payments_state ${states("'authorized', ")}`);
  }

  override down(): void {
    this.addSql(`ALTER TABLE payments DROP CONSTRAINT payments_state`);
    this.addSql(`ALTER TABLE payments ADD CONSTRAINT payments_state ${states('')}`);
    this.addSql(`ALTER TABLE payments DROP CONSTRAINT payments_flow`);
    this.addSql(`ALTER TABLE payments DROP CONSTRAINT payments_capture`);
    this.addSql(
      `ALTER TABLE payments DROP COLUMN account_ref, DROP COLUMN flow, DROP COLUMN capture, DROP COLUMN method_id`,
    );
  }
}
