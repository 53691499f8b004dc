import { Migration } from '@mikro-orm/migrations';

/** What single students pay, whatever the price list says. */
export class Migration20261124000210_agreed_prices extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE agreed_prices (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      product_id binary(16) NOT NULL,
      gross_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      valid_from date NOT NULL,
      valid_until date NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY agreed_prices_school_id (school_id, id),
      UNIQUE KEY agreed_prices_day (school_id, student_id, product_id, valid_from),
      KEY agreed_prices_student (school_id, student_id, id),
      KEY agreed_prices_product (school_id, product_id),
      CONSTRAINT agreed_prices_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT agreed_prices_of_product FOREIGN KEY (school_id, product_id) REFERENCES products (school_id, id),
      CONSTRAINT agreed_prices_amount CHECK (gross_minor > 0),
      CONSTRAINT agreed_prices_days CHECK (valid_until IS NULL OR valid_until >= valid_from)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
  }

  override down(): void {
    this.addSql('DROP TABLE agreed_prices');
  }
}
