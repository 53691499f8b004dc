import { Migration } from '@mikro-orm/migrations';

export class Migration20261121000100_platform extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE outbox_events (
        id binary(16) NOT NULL PRIMARY KEY,
        school_id binary(16) NULL,
        name varchar(100) NOT NULL,
        payload text NOT NULL,
        occurred_at datetime(3) NOT NULL,
        KEY outbox_events_occurred_at (occurred_at)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
    this.addSql(`
      CREATE TABLE outbox_deliveries (
        event_id binary(16) NOT NULL,
        handler varchar(100) NOT NULL,
        state varchar(40) NOT NULL,
        due_at datetime(3) NOT NULL,
        attempts int NOT NULL,
        failures int NOT NULL,
        last_error varchar(500) NULL,
        PRIMARY KEY (event_id, handler),
        KEY outbox_deliveries_due (state, due_at),
        CONSTRAINT outbox_deliveries_event FOREIGN KEY (event_id) REFERENCES outbox_events (id) ON DELETE CASCADE,
        CONSTRAINT outbox_deliveries_state CHECK (state IN ('open', 'done', 'dead'))
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
    this.addSql(`
      CREATE TABLE schedules (
        name varchar(100) NOT NULL PRIMARY KEY,
        next_run_at datetime(3) NOT NULL,
        last_started_at datetime(3) NULL,
        last_finished_at datetime(3) NULL,
        last_error varchar(500) NULL
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
  }

  override down(): void {
    this.addSql('DROP TABLE schedules');
    this.addSql('DROP TABLE outbox_deliveries');
    this.addSql('DROP TABLE outbox_events');
  }
}
