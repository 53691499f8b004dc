import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';

/** Reminders of what is not paid: when a school sends them, which have been taken, and where they rest. */
export class Migration20261124000820_dunning extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE dunning_settings (
      school_id binary(16) NOT NULL PRIMARY KEY,
      reminder_after_days int NULL,
      fee_after_days int NULL,
      fee_minor bigint NOT NULL,
      fee_reminders int NOT NULL,
      days_between int NOT NULL,
      stop_after_days int NULL,
      CONSTRAINT dunning_settings_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT dunning_settings_fee CHECK (fee_minor >= 0 AND fee_reminders >= 0 AND days_between > 0)
    ) ${table}`);
    this.addSql(`CREATE TABLE dunning_steps (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      invoice_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      step varchar(40) NOT NULL,
      taken_on date NOT NULL,
      fee_invoice_id binary(16) NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY dunning_steps_school_id (school_id, id),
      UNIQUE KEY dunning_steps_once (school_id, invoice_id, step),
      UNIQUE KEY dunning_steps_fee (school_id, fee_invoice_id),
      KEY dunning_steps_student (school_id, student_id, step),
      CONSTRAINT dunning_steps_of_invoice FOREIGN KEY (school_id, invoice_id) REFERENCES invoices (school_id, id),
      CONSTRAINT dunning_steps_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT dunning_steps_fee_invoice FOREIGN KEY (school_id, fee_invoice_id) REFERENCES invoices (school_id, id),
      CONSTRAINT dunning_steps_known CHECK (step IN ('reminder', 'fee_1', 'fee_2', 'fee_3', 'booking_stop')),
      CONSTRAINT dunning_steps_fees CHECK ((step IN ('fee_1', 'fee_2', 'fee_3')) = (fee_invoice_id IS NOT NULL))
    ) ${table}`);
    this.addSql(`CREATE TABLE dunning_pauses (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      invoice_id binary(16) NULL,
      reason varchar(200) NOT NULL,
      until_date date NULL,
      created_by binary(16) NOT NULL,
      created_at datetime(3) NOT NULL,
      ended_at datetime(3) NULL,
      UNIQUE KEY dunning_pauses_school_id (school_id, id),
      KEY dunning_pauses_student (school_id, student_id, id),
      KEY dunning_pauses_invoice (school_id, invoice_id),
      CONSTRAINT dunning_pauses_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT dunning_pauses_of_invoice FOREIGN KEY (school_id, invoice_id) REFERENCES invoices (school_id, id)
    ) ${table}`);
    for (const event of ['UPDATE', 'DELETE'])
      this.addSql(`CREATE TRIGGER dunning_steps_no_${event.toLowerCase()} BEFORE ${event} ON dunning_steps FOR EACH ROW
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'dunning_steps is append-only'`);
  }

  override down(): void {
    for (const name of ['dunning_pauses', 'dunning_steps', 'dunning_settings']) this.addSql(`DROP TABLE ${name}`);
  }
}
