import { RequestContext } from '@mikro-orm/core';
import { KeepInStep } from '../../src/modules/billing/jobs/keep-in-step.js';
import { schoolInput } from '../../src/modules/schools/testing/school-inputs.js';
import type { Id } from '../../src/platform/values/id.js';
import type { TestApp } from './app.js';
import type { Caller } from './test-school.js';

export const standardPlan = {
  code: 'standard',
  name: 'Standard',
  price: { amount: 24_900, currency: 'DKK' },
  vatRateBp: 2500,
  leastSeats: 1,
  mostSeats: null,
  trialDays: 30,
};

export const keepInStep = (test: TestApp) =>
  RequestContext.create(test.em, () => test.app.get(KeepInStep, { strict: false }).run(test.clock.now()));

/** Opens the platform's own company, which bills every school there is, and lets those without a subscription try the plan. */
export async function billSchools(test: TestApp, admin: Caller): Promise<{ sellerId: Id; planId: Id }> {
  const { body: before } = await admin.get('/v1/billing/settings').expect(200);
  const settings = before.sellerId ? before : await configured(admin);
  await keepInStep(test);
  return settings;
}

async function configured(admin: Caller): Promise<{ sellerId: Id; planId: Id }> {
  const { body: seller } = await admin
    .post('/v1/schools', { ...schoolInput('platform'), name: 'Just Driving ApS' })
    .expect(201);
  const { body: plan } = await admin.post('/v1/billing/plans', standardPlan).expect(201);
  const settings = { sellerId: seller.id, planId: plan.id, restrictedAfterDays: 14, readOnlyAfterDays: 30 };
  await admin.put('/v1/billing/settings', settings).expect(200);
  return settings;
}
