import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';

/** Vouchers, and the charges that they were used on. */
export class Migration20261124000250_discounts extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE discounts (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      code varchar(40) NOT NULL,
      kind varchar(40) NOT NULL,
      percent_bp int NULL,
      amount_minor bigint NULL,
      currency char(3) NOT NULL,
      valid_from date NOT NULL,
      valid_until date NULL,
      max_uses int NULL,
      max_uses_per_student int NULL,
      product_id binary(16) NULL,
      archived tinyint(1) NOT NULL,
      revision int NOT NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY discounts_school_id (school_id, id),
      UNIQUE KEY discounts_code (school_id, code),
      KEY discounts_product (school_id, product_id),
      CONSTRAINT discounts_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT discounts_of_product FOREIGN KEY (school_id, product_id) REFERENCES products (school_id, id),
      CONSTRAINT discounts_worth CHECK ((kind = 'percentage' AND percent_bp BETWEEN 1 AND 10000 AND amount_minor IS NULL)
        OR (kind = 'amount' AND amount_minor > 0 AND percent_bp IS NULL)),
      CONSTRAINT discounts_days CHECK (valid_until IS NULL OR valid_until >= valid_from)
    ) ${table}`);
    this.addSql(`CREATE TABLE discount_redemptions (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      discount_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      charge_id binary(16) NOT NULL,
      amount_minor bigint NOT NULL,
      covers_all tinyint(1) NOT NULL,
      delivers_at datetime(3) NULL,
      redeemed_at datetime(3) NOT NULL,
      UNIQUE KEY discount_redemptions_charge (school_id, charge_id),
      KEY discount_redemptions_discount (school_id, discount_id, student_id),
      KEY discount_redemptions_student (school_id, student_id, id),
      CONSTRAINT discount_redemptions_of_discount FOREIGN KEY (school_id, discount_id) REFERENCES discounts (school_id, id),
      CONSTRAINT discount_redemptions_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT discount_redemptions_of_charge FOREIGN KEY (school_id, charge_id) REFERENCES charges (school_id, id),
      CONSTRAINT discount_redemptions_amount CHECK (amount_minor >= 0)
    ) ${table}`);
  }

  override down(): void {
    this.addSql('DROP TABLE discount_redemptions');
    this.addSql('DROP TABLE discounts');
  }
}
