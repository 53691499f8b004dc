import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';

/** Instalment plans, and charges in pieces, so that each instalment's invoice is of whole charges. */
export class Migration20261125000100_instalments extends Migration {
  override up(): void {
    this.plans();
    this.addSql(`ALTER TABLE charges
      ADD COLUMN piece int NOT NULL DEFAULT 0,
      ADD COLUMN vat_minor bigint NULL,
      ADD COLUMN instalment_id binary(16) NULL,
      DROP KEY charges_source,
      ADD UNIQUE KEY charges_source (school_id, source, source_id, piece),
      ADD KEY charges_instalment (school_id, instalment_id),
      ADD CONSTRAINT charges_of_instalment FOREIGN KEY (school_id, instalment_id) REFERENCES instalments (school_id, id)`);
  }

  override down(): void {
    this.addSql(`ALTER TABLE charges DROP FOREIGN KEY charges_of_instalment`);
    this.addSql(`ALTER TABLE charges
      DROP KEY charges_instalment,
      DROP KEY charges_source,
      ADD UNIQUE KEY charges_source (school_id, source, source_id),
      DROP COLUMN instalment_id,
      DROP COLUMN vat_minor,
      DROP COLUMN piece`);
    for (const name of ['instalments', 'instalment_plans']) this.addSql(`DROP TABLE ${name}`);
  }

  private plans(): void {
    this.addSql(`CREATE TABLE instalment_plans (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      total_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      issue_days_before int NOT NULL,
      auto_charge tinyint(1) NOT NULL,
      call_in_after_missed int NOT NULL,
      state varchar(40) NOT NULL,
      rest_invoice_id binary(16) NULL,
      created_by binary(16) NOT NULL,
      created_at datetime(3) NOT NULL,
      ended_at datetime(3) NULL,
      UNIQUE KEY instalment_plans_school_id (school_id, id),
      UNIQUE KEY instalment_plans_rest (school_id, rest_invoice_id),
      KEY instalment_plans_student (school_id, student_id, id),
      KEY instalment_plans_state (school_id, state, id),
      CONSTRAINT instalment_plans_of_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
      CONSTRAINT instalment_plans_rest_invoice FOREIGN KEY (school_id, rest_invoice_id) REFERENCES invoices (school_id, id),
      CONSTRAINT instalment_plans_states CHECK (state IN ('active', 'ended')),
      CONSTRAINT instalment_plans_end CHECK ((state = 'ended') = (ended_at IS NOT NULL) AND (state = 'ended' OR rest_invoice_id IS NULL)),
      CONSTRAINT instalment_plans_terms CHECK (total_minor > 0 AND issue_days_before >= 0 AND call_in_after_missed > 0)
    ) ${table}`);
    this.addSql(`CREATE TABLE instalments (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      plan_id binary(16) NOT NULL,
      position int NOT NULL,
      amount_minor bigint NOT NULL,
      due_on date NOT NULL,
      state varchar(40) NOT NULL,
      invoice_id binary(16) NULL,
      issue_on date NULL,
      next_charge_on date NULL,
      charge_attempts int NOT NULL,
      UNIQUE KEY instalments_school_id (school_id, id),
      UNIQUE KEY instalments_position (school_id, plan_id, position),
      UNIQUE KEY instalments_invoice (school_id, invoice_id),
      KEY instalments_issue_on (issue_on, id),
      KEY instalments_next_charge_on (next_charge_on, id),
      CONSTRAINT instalments_of_plan FOREIGN KEY (school_id, plan_id) REFERENCES instalment_plans (school_id, id),
      CONSTRAINT instalments_on_invoice FOREIGN KEY (school_id, invoice_id) REFERENCES invoices (school_id, id),
      CONSTRAINT instalments_states CHECK (state IN ('planned', 'invoiced', 'cancelled')),
      CONSTRAINT instalments_invoiced CHECK ((state = 'invoiced') = (invoice_id IS NOT NULL)),
      CONSTRAINT instalments_planned CHECK ((state = 'planned') = (issue_on IS NOT NULL)),
      CONSTRAINT instalments_amount CHECK (amount_minor > 0 AND position > 0 AND charge_attempts >= 0)
    ) ${table}`);
  }
}
