import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';
const ref = 'varchar(255) CHARACTER SET ascii COLLATE ascii_bin';

/** The gateways' own books beside ours: their lines, what went to the bank, what differs, and disputes. */
export class Migration20261124000620_reconciliation extends Migration {
  override up(): void {
    this.addSql(`ALTER TABLE payments ADD COLUMN disputed_minor bigint NOT NULL DEFAULT 0,
      ADD KEY payments_charge (school_id, provider, charge_ref), ADD KEY payments_settled (school_id, provider, settled_at)`);
    this.addSql(`CREATE TABLE disputes (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      payment_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      provider varchar(40) NOT NULL,
      provider_ref ${ref} NOT NULL,
      state varchar(40) NOT NULL,
      amount_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      reason varchar(100) NOT NULL,
      opened_at datetime(3) NOT NULL,
      settled_at datetime(3) NULL,
      UNIQUE KEY disputes_school_id (school_id, id),
      UNIQUE KEY disputes_ref (provider, provider_ref),
      KEY disputes_payment (school_id, payment_id),
      KEY disputes_student (school_id, student_id),
      CONSTRAINT disputes_of_payment FOREIGN KEY (school_id, payment_id) REFERENCES payments (school_id, id),
      CONSTRAINT disputes_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT disputes_state CHECK (state IN ('opened', 'won', 'lost')),
      CONSTRAINT disputes_amount CHECK (amount_minor > 0)
    ) ${table}`);
    this.addSql(`CREATE TABLE gateway_payouts (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      provider varchar(40) NOT NULL,
      payout_ref ${ref} NOT NULL,
      amount_minor bigint NOT NULL,
      fee_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      paid_at datetime(3) NOT NULL,
      UNIQUE KEY gateway_payouts_school_id (school_id, id),
      UNIQUE KEY gateway_payouts_ref (school_id, provider, payout_ref),
      CONSTRAINT gateway_payouts_school FOREIGN KEY (school_id) REFERENCES schools (id)
    ) ${table}`);
    this.addSql(`CREATE TABLE gateway_movements (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      provider varchar(40) NOT NULL,
      movement_ref ${ref} NOT NULL,
      kind varchar(40) NOT NULL,
      amount_minor bigint NOT NULL,
      fee_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      source_ref ${ref} NULL,
      payment_id binary(16) NULL,
      refund_id binary(16) NULL,
      payout_id binary(16) NULL,
      occurred_at datetime(3) NOT NULL,
      UNIQUE KEY gateway_movements_school_id (school_id, id),
      UNIQUE KEY gateway_movements_ref (provider, movement_ref),
      KEY gateway_movements_payment (school_id, payment_id),
      KEY gateway_movements_refund (school_id, refund_id),
      KEY gateway_movements_payout (school_id, payout_id),
      CONSTRAINT gateway_movements_of_payment FOREIGN KEY (school_id, payment_id) REFERENCES payments (school_id, id),
      CONSTRAINT gateway_movements_of_refund FOREIGN KEY (school_id, refund_id) REFERENCES refunds (school_id, id),
      CONSTRAINT gateway_movements_of_payout FOREIGN KEY (school_id, payout_id) REFERENCES gateway_payouts (school_id, id)
    ) ${table}`);
    this.addSql(`CREATE TABLE gateway_differences (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      provider varchar(40) NOT NULL,
      kind varchar(40) NOT NULL,
      subject_ref ${ref} NOT NULL,
      payment_id binary(16) NULL,
      here_minor bigint NULL,
      there_minor bigint NULL,
      currency char(3) NOT NULL,
      state varchar(40) NOT NULL,
      found_at datetime(3) NOT NULL,
      settled_at datetime(3) NULL,
      settled_by binary(16) NULL,
      reason varchar(200) NULL,
      UNIQUE KEY gateway_differences_school_id (school_id, id),
      UNIQUE KEY gateway_differences_subject (school_id, provider, kind, subject_ref),
      KEY gateway_differences_state (school_id, state, id),
      KEY gateway_differences_payment (school_id, payment_id),
      CONSTRAINT gateway_differences_of_payment FOREIGN KEY (school_id, payment_id) REFERENCES payments (school_id, id),
      CONSTRAINT gateway_differences_kind CHECK (kind IN ('missing_here', 'missing_there', 'amount_differs', 'unknown_refund', 'unknown_dispute')),
      CONSTRAINT gateway_differences_state CHECK (state IN ('open', 'resolved', 'dismissed'))
    ) ${table}`);
    this.addSql(`CREATE TABLE gateway_cursors (
      provider varchar(40) NOT NULL,
      account_ref ${ref} NOT NULL,
      read_until datetime(3) NOT NULL,
      PRIMARY KEY (provider, account_ref)
    ) ${table}`);
  }

  override down(): void {
    for (const name of ['cursors', 'differences', 'movements', 'payouts']) this.addSql(`DROP TABLE gateway_${name}`);
    this.addSql('DROP TABLE disputes');
    this.addSql(`ALTER TABLE payments DROP KEY payments_charge, DROP KEY payments_settled, DROP COLUMN disputed_minor`);
  }
}
