import { Migration } from '@mikro-orm/migrations';

/** The classes of a day that is cancelled as a whole, beside its lessons. */
export class Migration20261123000960_cancelled_classes extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE day_cancellation_classes (
      school_id binary(16) NOT NULL,
      cancellation_id binary(16) NOT NULL,
      session_id binary(16) NOT NULL,
      state varchar(40) NOT NULL,
      PRIMARY KEY (school_id, cancellation_id, session_id),
      KEY day_cancellation_classes_state (school_id, cancellation_id, state, session_id),
      KEY day_cancellation_classes_session (school_id, session_id),
      CONSTRAINT day_cancellation_classes_of_day FOREIGN KEY (school_id, cancellation_id) REFERENCES day_cancellations (school_id, id),
      CONSTRAINT day_cancellation_classes_of_session FOREIGN KEY (school_id, session_id) REFERENCES class_sessions (school_id, id),
      CONSTRAINT day_cancellation_classes_states CHECK (state IN ('pending', 'cancelled', 'skipped'))
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
  }

  override down(): void {
    this.addSql('DROP TABLE day_cancellation_classes');
  }
}
