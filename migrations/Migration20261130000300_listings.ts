import { Migration } from '@mikro-orm/migrations';

/** How schools show themselves in public directories, and what has changed of it. */
export class Migration20261130000300_listings extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE school_listings (
        school_id binary(16) NOT NULL PRIMARY KEY,
        directories varchar(200) NOT NULL,
        profile_da varchar(4000) NULL,
        profile_en varchar(4000) NULL,
        languages varchar(100) NOT NULL,
        licence_classes varchar(120) NOT NULL,
        website varchar(300) NULL,
        rating_tenths int NULL,
        rating_count int NULL,
        rating_source varchar(120) NULL,
        updated_at datetime(3) NOT NULL,
        CONSTRAINT school_listings_school FOREIGN KEY (school_id) REFERENCES schools (id)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
    this.addSql(`
      CREATE TABLE listing_branches (
        school_id binary(16) NOT NULL,
        location_id binary(16) NOT NULL,
        PRIMARY KEY (school_id, location_id),
        CONSTRAINT listing_branches_location FOREIGN KEY (school_id, location_id) REFERENCES locations (school_id, id)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
    this.addSql(`
      CREATE TABLE listing_changes (
        directory varchar(40) NOT NULL,
        school_id binary(16) NOT NULL,
        position int NOT NULL,
        announced_position int NOT NULL,
        changed_at datetime(3) NOT NULL,
        PRIMARY KEY (directory, school_id),
        UNIQUE KEY listing_changes_position (directory, position),
        KEY listing_changes_school (school_id),
        CONSTRAINT listing_changes_of_school FOREIGN KEY (school_id) REFERENCES schools (id)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
    this.addSql(`
      CREATE TABLE listing_positions (
        directory varchar(40) NOT NULL PRIMARY KEY,
        position int NOT NULL
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
    this.addSql('ALTER TABLE product_prices ADD KEY product_prices_valid_from (valid_from, school_id)');
  }

  override down(): void {
    this.addSql('ALTER TABLE product_prices DROP KEY product_prices_valid_from');
    this.addSql('DROP TABLE listing_positions');
    this.addSql('DROP TABLE listing_changes');
    this.addSql('DROP TABLE listing_branches');
    this.addSql('DROP TABLE school_listings');
  }
}
