import { Migration } from '@mikro-orm/migrations';

const known = ['missing_here', 'missing_there', 'amount_differs', 'unknown_refund', 'unknown_dispute'];

/** What staff do about the gateways' books: lines posted by hand, refunds taken over, payouts as a report. */
export class Migration20261125000400_gateway_corrections extends Migration {
  override up(): void {
    this.addSql(`ALTER TABLE gateway_movements ADD COLUMN posted_to varchar(40) NULL,
      ADD KEY gateway_movements_source (school_id, provider, source_ref),
      ADD CONSTRAINT gateway_movements_posted_to CHECK (posted_to IN ('fees', 'bank', 'write_off'))`);
    this.addSql(`ALTER TABLE refunds ADD COLUMN movement_id binary(16) NULL,
      ADD UNIQUE KEY refunds_movement (school_id, movement_id),
      ADD KEY refunds_provider_ref (school_id, provider_ref),
      ADD CONSTRAINT refunds_of_movement FOREIGN KEY (school_id, movement_id) REFERENCES gateway_movements (school_id, id)`);
    this.addSql(`ALTER TABLE gateway_payouts ADD KEY gateway_payouts_paid (school_id, paid_at, id),
      ADD KEY gateway_payouts_of (provider, payout_ref)`);
    this.addSql('ALTER TABLE gateway_differences ADD COLUMN here_currency char(3) NULL');
    this.addSql('UPDATE gateway_differences SET here_currency = currency WHERE here_minor IS NOT NULL');
    this.kinds([...known, 'other_movement', 'provider_unbound']);
    // Lines that were read before anybody could post them; the line's id is as good as a new one.
    this.addSql(`INSERT INTO gateway_differences (id, school_id, provider, kind, subject_ref, payment_id, there_minor, currency, state, found_at)
      SELECT id, school_id, provider, 'other_movement', movement_ref, payment_id, amount_minor, currency, 'open', occurred_at
      FROM gateway_movements WHERE kind = 'other' AND amount_minor <> 0`);
  }

  override down(): void {
    this.addSql(`DELETE FROM gateway_differences WHERE kind IN ('other_movement', 'provider_unbound')`);
    this.kinds(known);
    this.addSql('ALTER TABLE gateway_differences DROP COLUMN here_currency');
    this.addSql('ALTER TABLE gateway_payouts DROP KEY gateway_payouts_paid, DROP KEY gateway_payouts_of');
    this.addSql('ALTER TABLE refunds DROP FOREIGN KEY refunds_of_movement');
    this.addSql(
      'ALTER TABLE refunds DROP KEY refunds_movement, DROP KEY refunds_provider_ref, DROP COLUMN movement_id',
    );
    this.addSql('ALTER TABLE gateway_movements DROP CONSTRAINT gateway_movements_posted_to');
    this.addSql('ALTER TABLE gateway_movements DROP KEY gateway_movements_source, DROP COLUMN posted_to');
  }

  private kinds(words: readonly string[]): void {
    this.addSql('ALTER TABLE gateway_differences DROP CONSTRAINT gateway_differences_kind');
    const list = words.map((word) => `'${word}'`).join(', ');
    this.addSql(`ALTER TABLE gateway_differences ADD CONSTRAINT gateway_differences_kind CHECK (kind IN (${list}))`);
  }
}
