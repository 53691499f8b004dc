import { defineEntity } from '@mikro-orm/core';
import {
  amount,
  code,
  id,
  instant,
  int,
  localDate,
  schoolScoped,
  text,
} from '../../../../platform/database/columns.js';
import type { DunningPlan, DunningStepName } from './dunning-plan.js';

export const DunningSettingsSchema = defineEntity({
  name: 'DunningSettings',
  tableName: 'dunning_settings',
  ...schoolScoped,
  properties: {
    schoolId: id().primary(),
    reminderAfterDays: int().nullable(),
    feeAfterDays: int().nullable(),
    feeMinor: amount(),
    feeReminders: int(),
    daysBetween: int(),
    stopAfterDays: int().nullable(),
  },
});

/** When one school reminds of what is not paid. */
export class DunningSettings extends DunningSettingsSchema.class {
  change(plan: DunningPlan): void {
    Object.assign(this, plan);
  }
}
DunningSettingsSchema.setClass(DunningSettings);

export const DunningStepSchema = defineEntity({
  name: 'DunningStep',
  tableName: 'dunning_steps',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    invoiceId: id(),
    studentId: id(),
    step: code<DunningStepName>(),
    takenOn: localDate(),
    feeInvoiceId: id().nullable(),
    createdAt: instant(),
  },
  uniques: [
    { name: 'dunning_steps_school_id', properties: ['schoolId', 'id'] },
    { name: 'dunning_steps_once', properties: ['schoolId', 'invoiceId', 'step'] },
    { name: 'dunning_steps_fee', properties: ['schoolId', 'feeInvoiceId'] },
  ],
  indexes: [{ name: 'dunning_steps_student', properties: ['schoolId', 'studentId', 'step'] }],
});

/** That a student was reminded of an invoice: once for each step, which the database holds us to. Append-only. */
export class DunningStep extends DunningStepSchema.class {}
DunningStepSchema.setClass(DunningStep);

export const DunningPauseSchema = defineEntity({
  name: 'DunningPause',
  tableName: 'dunning_pauses',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    studentId: id(),
    /** All of the student's when null. */
    invoiceId: id().nullable(),
    reason: text(200),
    /** The last day; until somebody ends it when null. */
    untilDate: localDate().nullable(),
    createdBy: id(),
    createdAt: instant(),
    endedAt: instant().nullable(),
  },
  uniques: [{ name: 'dunning_pauses_school_id', properties: ['schoolId', 'id'] }],
  indexes: [
    { name: 'dunning_pauses_student', properties: ['schoolId', 'studentId', 'id'] },
    { name: 'dunning_pauses_invoice', properties: ['schoolId', 'invoiceId'] },
  ],
});

/** Nobody is reminded meanwhile: an agreement, a complaint. */
export class DunningPause extends DunningPauseSchema.class {}
DunningPauseSchema.setClass(DunningPause);
