import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';

/** What a school sells, at which price from which day, and which charge and invoice line is for what. */
export class Migration20261124000200_products extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE products (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      code varchar(40) NOT NULL,
      name varchar(120) NOT NULL,
      lesson_type_id binary(16) NULL,
      archived tinyint(1) NOT NULL,
      revision int NOT NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY products_school_id (school_id, id),
      UNIQUE KEY products_code (school_id, code),
      UNIQUE KEY products_lesson_type (school_id, lesson_type_id),
      KEY products_name (school_id, name, id),
      CONSTRAINT products_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT products_of_lesson_type FOREIGN KEY (school_id, lesson_type_id) REFERENCES lesson_types (school_id, id)
    ) ${table}`);
    this.addSql(`CREATE TABLE product_prices (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      product_id binary(16) NOT NULL,
      valid_from date NOT NULL,
      gross_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      vat_rate_bp int NOT NULL,
      UNIQUE KEY product_prices_day (school_id, product_id, valid_from),
      CONSTRAINT product_prices_of_product FOREIGN KEY (school_id, product_id) REFERENCES products (school_id, id),
      CONSTRAINT product_prices_amount CHECK (gross_minor > 0),
      CONSTRAINT product_prices_vat CHECK (vat_rate_bp BETWEEN 0 AND 10000)
    ) ${table}`);
    for (const name of ['charges', 'invoice_lines'])
      this.addSql(`ALTER TABLE ${name} ADD product_id binary(16) NULL, ADD KEY ${name}_product (school_id, product_id),
        ADD CONSTRAINT ${name}_of_product FOREIGN KEY (school_id, product_id) REFERENCES products (school_id, id)`);
  }

  override down(): void {
    for (const name of ['invoice_lines', 'charges'])
      this.addSql(`ALTER TABLE ${name} DROP FOREIGN KEY ${name}_of_product, DROP KEY ${name}_product, DROP product_id`);
    this.addSql('DROP TABLE product_prices');
    this.addSql('DROP TABLE products');
  }
}
