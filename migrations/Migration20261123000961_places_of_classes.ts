import { Migration } from '@mikro-orm/migrations';

/** Where a class takes place, as it was planned: its teacher's way to what comes next is counted from there. */
export class Migration20261123000961_places_of_classes extends Migration {
  override up(): void {
    this.addSql(`ALTER TABLE class_sessions ADD COLUMN location_id binary(16) NULL,
      ADD KEY class_sessions_location (school_id, location_id),
      ADD CONSTRAINT class_sessions_of_location FOREIGN KEY (school_id, location_id) REFERENCES locations (school_id, id)`);
  }

  override down(): void {
    this.addSql('ALTER TABLE class_sessions DROP FOREIGN KEY class_sessions_of_location');
    this.addSql('ALTER TABLE class_sessions DROP KEY class_sessions_location, DROP COLUMN location_id');
  }
}
