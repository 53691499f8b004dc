import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';
const licenceClasses = `'AM','A1','A2','A','B','B96','BE','C1','C1E','C','CE','D1','D1E','D','DE','T'`;

/** Where a school teaches, how far it is, what it has there, trailers, and which of it a kind of lesson needs. */
export class Migration20261123000100_places_and_needs extends Migration {
  override up(): void {
    this.locations();
    this.facilities();
    this.homes();
    this.needs();
    this.claimedPlaces();
    this.bookings();
  }

  override down(): void {
    for (const name of ['location', 'trailer', 'facility'])
      this.addSql(`ALTER TABLE bookings DROP FOREIGN KEY bookings_of_${name}`);
    for (const name of ['location', 'trailer', 'facility'])
      this.addSql(`ALTER TABLE bookings DROP KEY bookings_${name}, DROP COLUMN ${name}_id`);
    this.addSql('ALTER TABLE bookings DROP COLUMN facility_place');
    this.addSql('DROP TABLE whereabouts');
    this.addSql('DELETE FROM resource_days WHERE place > 0');
    this.addSql('ALTER TABLE resource_days DROP PRIMARY KEY, DROP COLUMN place, ADD PRIMARY KEY (resource_id, day)');
    for (const name of ['vehicle_class', 'gearbox', 'facility_kind'])
      this.addSql(`ALTER TABLE lesson_types DROP CONSTRAINT lesson_types_${name}`);
    this.addSql(
      'ALTER TABLE lesson_types DROP COLUMN vehicle_class, DROP COLUMN gearbox, DROP COLUMN needs_trailer, DROP COLUMN facility_kind',
    );
    this.addSql('ALTER TABLE teachers DROP FOREIGN KEY teachers_home');
    this.addSql('ALTER TABLE teachers DROP KEY teachers_home_index, DROP COLUMN home_location_id');
    this.addSql('ALTER TABLE vehicles DROP CONSTRAINT vehicles_kind');
    this.addSql('ALTER TABLE vehicles DROP FOREIGN KEY vehicles_home');
    this.addSql(
      'ALTER TABLE vehicles DROP KEY vehicles_home_index, DROP COLUMN home_location_id, DROP COLUMN kind, DROP COLUMN schedule_version',
    );
    this.addSql("UPDATE vehicles SET gearbox = 'manual' WHERE gearbox IS NULL");
    this.addSql('ALTER TABLE vehicles MODIFY gearbox varchar(40) NOT NULL');
    for (const name of ['facilities', 'travel_times', 'locations']) this.addSql(`DROP TABLE ${name}`);
  }

  private locations(): void {
    this.addSql(`CREATE TABLE locations (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      name varchar(120) NOT NULL,
      kind varchar(40) NOT NULL,
      address_line varchar(160) NULL,
      postcode varchar(10) NULL,
      city varchar(80) NULL,
      active tinyint(1) NOT NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY locations_school_id_id_unique (school_id, id),
      KEY locations_school_id_name_index (school_id, name, id),
      CONSTRAINT locations_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT locations_kind CHECK (kind IN ('branch', 'meeting_point'))
    ) ${table}`);
    // A way is as long there as back, so each pair stands once, the smaller id first.
    this.addSql(`CREATE TABLE travel_times (
      school_id binary(16) NOT NULL,
      one_location_id binary(16) NOT NULL,
      other_location_id binary(16) NOT NULL,
      minutes int NOT NULL,
      PRIMARY KEY (school_id, one_location_id, other_location_id),
      KEY travel_times_other (school_id, other_location_id),
      CONSTRAINT travel_times_one FOREIGN KEY (school_id, one_location_id) REFERENCES locations (school_id, id),
      CONSTRAINT travel_times_other FOREIGN KEY (school_id, other_location_id) REFERENCES locations (school_id, id),
      CONSTRAINT travel_times_order CHECK (one_location_id < other_location_id),
      CONSTRAINT travel_times_minutes CHECK (minutes BETWEEN 1 AND 480)
    ) ${table}`);
  }

  private facilities(): void {
    this.addSql(`CREATE TABLE facilities (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      resource_id int unsigned NOT NULL,
      location_id binary(16) NULL,
      name varchar(120) NOT NULL,
      kind varchar(40) NOT NULL,
      seats int NULL,
      active tinyint(1) NOT NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY facilities_school_id_id_unique (school_id, id),
      UNIQUE KEY facilities_school_id_resource_id_unique (school_id, resource_id),
      KEY facilities_school_id_name_index (school_id, name, id),
      KEY facilities_location_index (school_id, location_id),
      CONSTRAINT facilities_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT facilities_resource FOREIGN KEY (school_id, resource_id) REFERENCES school_resources (school_id, resource_id),
      CONSTRAINT facilities_location FOREIGN KEY (school_id, location_id) REFERENCES locations (school_id, id),
      CONSTRAINT facilities_kind CHECK (kind IN ('room', 'track', 'skid_pad')),
      CONSTRAINT facilities_seats CHECK (seats IS NULL OR seats BETWEEN 1 AND 500)
    ) ${table}`);
  }

  private homes(): void {
    this.addSql(`ALTER TABLE teachers ADD COLUMN home_location_id binary(16) NULL,
      ADD KEY teachers_home_index (school_id, home_location_id),
      ADD CONSTRAINT teachers_home FOREIGN KEY (school_id, home_location_id) REFERENCES locations (school_id, id)`);
    // A trailer has no gearbox; its version is what two lessons at two places wait for.
    this.addSql(`ALTER TABLE vehicles MODIFY gearbox varchar(40) NULL,
      ADD COLUMN kind varchar(40) NOT NULL DEFAULT 'vehicle',
      ADD COLUMN home_location_id binary(16) NULL,
      ADD COLUMN schedule_version int NOT NULL DEFAULT 1,
      ADD KEY vehicles_home_index (school_id, home_location_id),
      ADD CONSTRAINT vehicles_home FOREIGN KEY (school_id, home_location_id) REFERENCES locations (school_id, id),
      ADD CONSTRAINT vehicles_kind CHECK (kind IN ('vehicle', 'trailer') AND (kind = 'trailer') = (gearbox IS NULL))`);
  }

  private needs(): void {
    this.addSql(`ALTER TABLE lesson_types ADD COLUMN vehicle_class varchar(40) NULL,
      ADD COLUMN gearbox varchar(40) NULL,
      ADD COLUMN needs_trailer tinyint(1) NOT NULL DEFAULT 0,
      ADD COLUMN facility_kind varchar(40) NULL,
      ADD CONSTRAINT lesson_types_vehicle_class CHECK (vehicle_class IS NULL OR vehicle_class IN (${licenceClasses})),
      ADD CONSTRAINT lesson_types_gearbox CHECK (gearbox IS NULL OR gearbox IN ('manual', 'automatic')),
      ADD CONSTRAINT lesson_types_facility_kind CHECK (facility_kind IS NULL OR facility_kind IN ('room', 'track', 'skid_pad'))`);
  }

  private claimedPlaces(): void {
    this.addSql(`ALTER TABLE resource_days ADD COLUMN place smallint unsigned NOT NULL DEFAULT 0,
      DROP PRIMARY KEY, ADD PRIMARY KEY (resource_id, day, place)`);
    // Like claims without foreign keys, and written with them.
    this.addSql(`CREATE TABLE whereabouts (
      resource_id int unsigned NOT NULL,
      first_slot int unsigned NOT NULL,
      end_slot int unsigned NOT NULL,
      school_id binary(16) NOT NULL,
      location_id binary(16) NOT NULL,
      claimed_by binary(16) NOT NULL,
      PRIMARY KEY (resource_id, first_slot),
      KEY whereabouts_claimed_by (claimed_by),
      CONSTRAINT whereabouts_order CHECK (first_slot < end_slot)
    ) ${table}`);
  }

  private bookings(): void {
    this.addSql(`ALTER TABLE bookings ADD COLUMN location_id binary(16) NULL,
      ADD COLUMN trailer_id binary(16) NULL,
      ADD COLUMN facility_id binary(16) NULL,
      ADD COLUMN facility_place smallint unsigned NULL,
      ADD KEY bookings_location (school_id, location_id, starts_at, id),
      ADD KEY bookings_trailer (school_id, trailer_id, starts_at, id),
      ADD KEY bookings_facility (school_id, facility_id, starts_at, id),
      ADD CONSTRAINT bookings_of_location FOREIGN KEY (school_id, location_id) REFERENCES locations (school_id, id),
      ADD CONSTRAINT bookings_of_trailer FOREIGN KEY (school_id, trailer_id) REFERENCES vehicles (school_id, id),
      ADD CONSTRAINT bookings_of_facility FOREIGN KEY (school_id, facility_id) REFERENCES facilities (school_id, id)`);
  }
}
