import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';

/** Packages as the school offers them, and those that students have bought, down to the single lesson. */
export class Migration20261124000300_packages extends Migration {
  override up(): void {
    this.offered();
    this.sold();
  }

  override down(): void {
    for (const name of ['package_units', 'sold_packages', 'package_parts', 'packages'])
      this.addSql(`DROP TABLE ${name}`);
  }

  private offered(): void {
    this.addSql(`CREATE TABLE packages (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      family_id binary(16) NOT NULL,
      version int NOT NULL,
      name varchar(120) NOT NULL,
      price_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      valid_months int NOT NULL,
      archived tinyint(1) NOT NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY packages_school_id (school_id, id),
      UNIQUE KEY packages_version (school_id, family_id, version),
      KEY packages_name (school_id, name, id),
      CONSTRAINT packages_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT packages_price CHECK (price_minor > 0),
      CONSTRAINT packages_months CHECK (valid_months BETWEEN 1 AND 120)
    ) ${table}`);
    this.addSql(`CREATE TABLE package_parts (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      package_id binary(16) NOT NULL,
      product_id binary(16) NOT NULL,
      quantity int NOT NULL,
      UNIQUE KEY package_parts_product (school_id, package_id, product_id),
      KEY package_parts_sold_as (school_id, product_id),
      CONSTRAINT package_parts_of_package FOREIGN KEY (school_id, package_id) REFERENCES packages (school_id, id),
      CONSTRAINT package_parts_of_product FOREIGN KEY (school_id, product_id) REFERENCES products (school_id, id),
      CONSTRAINT package_parts_quantity CHECK (quantity BETWEEN 1 AND 100)
    ) ${table}`);
  }

  private sold(): void {
    this.addSql(`CREATE TABLE sold_packages (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      package_id binary(16) NOT NULL,
      buyer_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      price_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      valid_until date NOT NULL,
      state varchar(40) NOT NULL,
      created_at datetime(3) NOT NULL,
      withdrawn_at datetime(3) NULL,
      UNIQUE KEY sold_packages_school_id (school_id, id),
      KEY sold_packages_student (school_id, student_id, id),
      KEY sold_packages_buyer (school_id, buyer_id, id),
      KEY sold_packages_package (school_id, package_id),
      CONSTRAINT sold_packages_of_package FOREIGN KEY (school_id, package_id) REFERENCES packages (school_id, id),
      CONSTRAINT sold_packages_of_buyer FOREIGN KEY (school_id, buyer_id) REFERENCES students (school_id, id),
      CONSTRAINT sold_packages_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT sold_packages_states CHECK (state IN ('active', 'withdrawn'))
    ) ${table}`);
    this.addSql(`CREATE TABLE package_units (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      sold_package_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      product_id binary(16) NOT NULL,
      lesson_type_id binary(16) NULL,
      valid_until date NOT NULL,
      list_minor bigint NOT NULL,
      share_minor bigint NOT NULL,
      vat_rate_bp int NOT NULL,
      state varchar(40) NOT NULL,
      booking_id binary(16) NULL,
      used_at datetime(3) NULL,
      UNIQUE KEY package_units_school_id (school_id, id),
      UNIQUE KEY package_units_booking (school_id, booking_id),
      KEY package_units_package (school_id, sold_package_id, id),
      KEY package_units_of_student (school_id, student_id, lesson_type_id, state, valid_until, id),
      KEY package_units_product (school_id, product_id),
      CONSTRAINT package_units_of_package FOREIGN KEY (school_id, sold_package_id) REFERENCES sold_packages (school_id, id),
      CONSTRAINT package_units_for_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT package_units_of_product FOREIGN KEY (school_id, product_id) REFERENCES products (school_id, id),
      CONSTRAINT package_units_states CHECK (state IN ('open', 'used', 'withdrawn')),
      CONSTRAINT package_units_used CHECK ((state = 'used') = (used_at IS NOT NULL) AND (state = 'used' OR booking_id IS NULL)),
      CONSTRAINT package_units_amounts CHECK (share_minor > 0 AND list_minor >= share_minor)
    ) ${table}`);
  }
}
