import { defineEntity } from '@mikro-orm/core';
import {
  amount,
  bool,
  code,
  currency,
  id,
  instant,
  int,
  localDate,
  schoolScoped,
} from '../../../../platform/database/columns.js';
import type { Id } from '../../../../platform/values/id.js';
import { addDays, type LocalDate } from '../../../../platform/values/zone.js';
import { nextTry } from './due-dates.js';
import { InstalmentNotPlanned, InstalmentPlanEnded } from './instalment-problems.js';

export const instalmentPlanStates = ['active', 'ended'] as const;
export type InstalmentPlanState = (typeof instalmentPlanStates)[number];

export const instalmentStates = ['planned', 'invoiced', 'cancelled'] as const;
export type InstalmentState = (typeof instalmentStates)[number];

export const InstalmentPlanSchema = defineEntity({
  name: 'InstalmentPlan',
  tableName: 'instalment_plans',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    studentId: id(),
    totalMinor: amount(),
    currency: currency(),
    /** How long before an instalment is due its invoice is issued. */
    issueDaysBefore: int(),
    /** Whether the student's saved card pays, where he has one. */
    autoCharge: bool(),
    /** After so many missed instalments the rest may be called in. */
    callInAfterMissed: int(),
    state: code<InstalmentPlanState>(),
    /** Of all that was left, when it was called in. */
    restInvoiceId: id().nullable(),
    createdBy: id(),
    createdAt: instant(),
    endedAt: instant().nullable(),
  },
  uniques: [
    { name: 'instalment_plans_school_id', properties: ['schoolId', 'id'] },
    { name: 'instalment_plans_rest', properties: ['schoolId', 'restInvoiceId'] },
  ],
  indexes: [
    { name: 'instalment_plans_student', properties: ['schoolId', 'studentId', 'id'] },
    { name: 'instalment_plans_state', properties: ['schoolId', 'state', 'id'] },
  ],
});

/** That a student pays what he owes in parts. */
export class InstalmentPlan extends InstalmentPlanSchema.class {
  /** @throws InstalmentPlanEnded */
  end(now: Date): void {
    if (this.state === 'ended') throw new InstalmentPlanEnded();
    this.state = 'ended';
    this.endedAt = now;
  }
}
InstalmentPlanSchema.setClass(InstalmentPlan);

export const InstalmentSchema = defineEntity({
  name: 'Instalment',
  tableName: 'instalments',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    planId: id(),
    position: int(),
    amountMinor: amount(),
    dueOn: localDate(),
    state: code<InstalmentState>(),
    invoiceId: id().nullable(),
    /** When its invoice is issued; null once it is, or will not be. */
    issueOn: localDate().nullable(),
    /** When the saved card is tried; null when it is not, or no more. */
    nextChargeOn: localDate().nullable(),
    chargeAttempts: int(),
  },
  uniques: [
    { name: 'instalments_school_id', properties: ['schoolId', 'id'] },
    { name: 'instalments_position', properties: ['schoolId', 'planId', 'position'] },
    { name: 'instalments_invoice', properties: ['schoolId', 'invoiceId'] },
  ],
  indexes: [
    { name: 'instalments_issue_on', properties: ['issueOn', 'id'] },
    { name: 'instalments_next_charge_on', properties: ['nextChargeOn', 'id'] },
  ],
});

/** One part of a plan: planned until its invoice is issued. Whether that is paid, its invoice says. */
export class Instalment extends InstalmentSchema.class {
  isToBeIssued(today: LocalDate): boolean {
    return this.state === 'planned' && Boolean(this.issueOn && this.issueOn <= today);
  }

  /** @returns false when its card is not to be tried today, or somebody does */
  claimTry(today: LocalDate): boolean {
    if (!this.invoiceId || !this.nextChargeOn || this.nextChargeOn > today) return false;
    this.nextChargeOn = addDays(today, 1);
    return true;
  }

  issue(invoiceId: Id, dueOn: LocalDate, { autoCharge }: Pick<InstalmentPlan, 'autoCharge'>): void {
    Object.assign(this, { state: 'invoiced', invoiceId, dueOn, issueOn: null });
    this.nextChargeOn = autoCharge ? dueOn : null;
  }

  /** @throws InstalmentNotPlanned */
  move(dueOn: LocalDate, { issueDaysBefore }: Pick<InstalmentPlan, 'issueDaysBefore'>): void {
    if (this.state !== 'planned') throw new InstalmentNotPlanned();
    this.dueOn = dueOn;
    this.issueOn = addDays(dueOn, -issueDaysBefore);
  }

  /** The card was tried. @param again whether that may help; never after stop(), however late the answer comes */
  tried(today: LocalDate, again: boolean): void {
    this.chargeAttempts += 1;
    this.nextChargeOn = again && this.nextChargeOn ? nextTry(this.dueOn, this.chargeAttempts, today) : null;
  }

  /** No invoice will be issued of it, and no card is tried any more. */
  stop(): void {
    this.nextChargeOn = null;
    if (this.state !== 'planned') return;
    this.state = 'cancelled';
    this.issueOn = null;
  }
}
InstalmentSchema.setClass(Instalment);
