import { Migration } from '@mikro-orm/migrations';

/** Leads that come from a person who has asked already, and how long each school lets one wait. */
export class Migration20261203000300_leads_of_one_person extends Migration {
  override up(): void {
    this.addSql(`ALTER TABLE leads ADD COLUMN duplicate_of_id binary(16) NULL,
      ADD KEY leads_duplicate (school_id, duplicate_of_id), ADD KEY leads_phone (school_id, phone),
      ADD CONSTRAINT leads_known_original FOREIGN KEY (school_id, duplicate_of_id) REFERENCES leads (school_id, id)`);
    this.addSql(`ALTER TABLE schools ADD COLUMN lead_escalation_hours int NULL,
      ADD CONSTRAINT schools_lead_escalation CHECK (lead_escalation_hours BETWEEN 1 AND 720)`);
  }

  override down(): void {
    this.addSql('ALTER TABLE schools DROP CONSTRAINT schools_lead_escalation');
    this.addSql('ALTER TABLE schools DROP COLUMN lead_escalation_hours');
    this.addSql('ALTER TABLE leads DROP FOREIGN KEY leads_known_original');
    this.addSql('ALTER TABLE leads DROP KEY leads_phone, DROP KEY leads_duplicate, DROP COLUMN duplicate_of_id');
  }
}
