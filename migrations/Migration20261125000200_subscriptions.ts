import { Migration } from '@mikro-orm/migrations';

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci';
const ref = 'varchar(255) CHARACTER SET ascii COLLATE ascii_bin';

/** What schools subscribe to, how that stands, and what came of it in the seller's books. */
export class Migration20261125000200_subscriptions extends Migration {
  override up(): void {
    this.plans();
    this.addSql(`CREATE TABLE subscriptions (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      plan_id binary(16) NOT NULL,
      state varchar(40) NOT NULL,
      seats int NOT NULL,
      provider varchar(40) NULL,
      provider_ref ${ref} NULL,
      customer_ref ${ref} NULL,
      trial_ends_at datetime(3) NULL,
      current_period_end datetime(3) NULL,
      cancels_at datetime(3) NULL,
      unpaid_since datetime(3) NULL,
      exempt_reason varchar(500) NULL,
      looks int NOT NULL,
      looked_at datetime(3) NULL,
      told_standing varchar(40) NOT NULL,
      told_trial_days int NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY subscriptions_school_id (school_id, id),
      UNIQUE KEY subscriptions_one (school_id),
      UNIQUE KEY subscriptions_ref (provider, provider_ref),
      KEY subscriptions_state (state, id),
      KEY subscriptions_plan (plan_id),
      CONSTRAINT subscriptions_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT subscriptions_of_plan FOREIGN KEY (plan_id) REFERENCES billing_plans (id),
      CONSTRAINT subscriptions_states CHECK (state IN ('incomplete', 'trialing', 'active', 'past_due', 'unpaid', 'canceled')),
      CONSTRAINT subscriptions_told CHECK (told_standing IN ('good', 'past_due', 'restricted', 'read_only')),
      CONSTRAINT subscriptions_unpaid CHECK ((unpaid_since IS NOT NULL) = (state IN ('past_due', 'unpaid', 'canceled')))
    ) ${table}`);
    this.addSql(`CREATE TABLE subscription_steps (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      kind varchar(40) NOT NULL,
      plan_id binary(16) NOT NULL,
      seats int NOT NULL,
      state varchar(40) NOT NULL,
      provider varchar(40) NOT NULL,
      checkout_ref ${ref} NULL,
      url varchar(2000) NULL,
      subscription_ref ${ref} NULL,
      failure varchar(100) NULL,
      open_for binary(16) NULL,
      created_at datetime(3) NOT NULL,
      next_check_at datetime(3) NULL,
      checks int NOT NULL,
      UNIQUE KEY subscription_steps_school_id (school_id, id),
      UNIQUE KEY subscription_steps_open_for (open_for),
      KEY subscription_steps_ref (provider, subscription_ref),
      KEY subscription_steps_plan (plan_id),
      KEY subscription_steps_next_check (next_check_at),
      CONSTRAINT subscription_steps_school FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT subscription_steps_of_plan FOREIGN KEY (plan_id) REFERENCES billing_plans (id),
      CONSTRAINT subscription_steps_kinds CHECK (kind IN ('checkout', 'change', 'cancel', 'resume')),
      CONSTRAINT subscription_steps_states CHECK (state IN ('asked', 'open', 'done', 'failed')),
      CONSTRAINT subscription_steps_open CHECK ((open_for IS NOT NULL) = (state IN ('asked', 'open')))
    ) ${table}`);
    this.bills();
  }

  private plans(): void {
    this.addSql(`CREATE TABLE billing_plans (
      id binary(16) NOT NULL PRIMARY KEY,
      code varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      version int NOT NULL,
      name varchar(60) NOT NULL,
      price_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      vat_rate_bp int NOT NULL,
      least_seats int NOT NULL,
      most_seats int NULL,
      trial_days int NOT NULL,
      archived tinyint(1) NOT NULL,
      created_at datetime(3) NOT NULL,
      UNIQUE KEY billing_plans_version (code, version),
      CONSTRAINT billing_plans_price CHECK (price_minor > 0 AND vat_rate_bp >= 0),
      CONSTRAINT billing_plans_seats CHECK (least_seats > 0 AND (most_seats IS NULL OR most_seats >= least_seats))
    ) ${table}`);
    this.addSql(`CREATE TABLE billing_settings (
      id int unsigned NOT NULL PRIMARY KEY,
      seller_id binary(16) NULL,
      plan_id binary(16) NULL,
      restricted_after_days int NOT NULL,
      read_only_after_days int NOT NULL,
      KEY billing_settings_seller (seller_id),
      KEY billing_settings_plan (plan_id),
      CONSTRAINT billing_settings_of_seller FOREIGN KEY (seller_id) REFERENCES schools (id),
      CONSTRAINT billing_settings_of_plan FOREIGN KEY (plan_id) REFERENCES billing_plans (id),
      CONSTRAINT billing_settings_one CHECK (id = 1),
      CONSTRAINT billing_settings_days CHECK (restricted_after_days >= 0 AND read_only_after_days >= restricted_after_days)
    ) ${table}`);
  }

  private bills(): void {
    this.addSql(`CREATE TABLE billing_customers (
      school_id binary(16) NOT NULL,
      subscriber_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      PRIMARY KEY (school_id, subscriber_id),
      UNIQUE KEY billing_customers_student (school_id, student_id),
      KEY billing_customers_subscriber (subscriber_id),
      CONSTRAINT billing_customers_seller FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT billing_customers_school FOREIGN KEY (subscriber_id) REFERENCES schools (id),
      CONSTRAINT billing_customers_as_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
    ) ${table}`);
    this.addSql(`CREATE TABLE subscription_bills (
      id binary(16) NOT NULL PRIMARY KEY,
      school_id binary(16) NOT NULL,
      subscriber_id binary(16) NOT NULL,
      provider varchar(40) NOT NULL,
      bill_ref ${ref} NOT NULL,
      state varchar(40) NOT NULL,
      total_minor bigint NOT NULL,
      received_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      issued_at datetime(3) NOT NULL,
      paid_at datetime(3) NULL,
      url varchar(2000) NULL,
      attempts int NOT NULL,
      invoice_id binary(16) NULL,
      payment_id binary(16) NULL,
      UNIQUE KEY subscription_bills_school_id (school_id, id),
      UNIQUE KEY subscription_bills_ref (provider, bill_ref),
      UNIQUE KEY subscription_bills_invoice (school_id, invoice_id),
      UNIQUE KEY subscription_bills_payment (school_id, payment_id),
      KEY subscription_bills_subscriber (subscriber_id, id),
      CONSTRAINT subscription_bills_seller FOREIGN KEY (school_id) REFERENCES schools (id),
      CONSTRAINT subscription_bills_school FOREIGN KEY (subscriber_id) REFERENCES schools (id),
      CONSTRAINT subscription_bills_of_invoice FOREIGN KEY (school_id, invoice_id) REFERENCES invoices (school_id, id),
      CONSTRAINT subscription_bills_of_payment FOREIGN KEY (school_id, payment_id) REFERENCES payments (school_id, id),
      CONSTRAINT subscription_bills_states CHECK (state IN ('open', 'paid', 'uncollectible', 'void')),
      CONSTRAINT subscription_bills_paid CHECK (payment_id IS NULL OR invoice_id IS NOT NULL)
    ) ${table}`);
  }

  override down(): void {
    const tables = ['subscription_bills', 'billing_customers', 'subscription_steps', 'subscriptions'];
    for (const name of [...tables, 'billing_settings', 'billing_plans']) this.addSql(`DROP TABLE ${name}`);
  }
}
