import { defineEntity, type InferEntity } from '@mikro-orm/core';
import type { AuditDetails } from '../../../../platform/audit/audit.entities.js';
import { amount, code, currency, id, instant, schoolScoped, text } from '../../../../platform/database/columns.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { TillClosed } from './till-problems.js';

export const CashTillSchema = defineEntity({
  name: 'CashTill',
  tableName: 'cash_tills',
  ...schoolScoped,
  properties: { id: id().primary(), schoolId: id(), name: text(100), createdAt: instant() },
  uniques: [{ name: 'cash_tills_school_id', properties: ['schoolId', 'id'] }],
});

/** A box of notes and coins. */
export class CashTill extends CashTillSchema.class {}
CashTillSchema.setClass(CashTill);

export const CashSessionSchema = defineEntity({
  name: 'CashSession',
  tableName: 'cash_sessions',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    tillId: id(),
    /** The till while it is open, so that the database allows one open session of a till. */
    openFor: id().nullable(),
    currency: currency(),
    floatMinor: amount(),
    expectedMinor: amount().nullable(),
    countedMinor: amount().nullable(),
    note: text(300).nullable(),
    openedBy: id(),
    openedAt: instant(),
    closedBy: id().nullable(),
    closedAt: instant().nullable(),
  },
  uniques: [
    { name: 'cash_sessions_school_id', properties: ['schoolId', 'id'] },
    { name: 'cash_sessions_open_for', properties: ['schoolId', 'openFor'] },
  ],
  indexes: [{ name: 'cash_sessions_till', properties: ['schoolId', 'tillId', 'id'] }],
});

/** A till from its opening with a float until it is counted. */
export class CashSession extends CashSessionSchema.class {
  static of(row: InferEntity<typeof CashSessionSchema>): CashSession {
    return Object.assign(new CashSession(), row);
  }

  get isOpen(): boolean {
    return this.openFor !== null;
  }

  get float(): Money {
    return Money.of(this.floatMinor, this.currency);
  }

  /** What the audit log says of it. */
  get auditDetails(): AuditDetails {
    const { tillId, floatMinor, expectedMinor = null, countedMinor = null, currency: its } = this;
    return { tillId, floatMinor, expectedMinor, countedMinor, currency: its };
  }

  /** @returns by how much more was counted than there should be. @throws TillClosed */
  close(count: { expected: Money; counted: Money; note: string | null }, by: Id, at: Date): Money {
    if (!this.isOpen) throw new TillClosed();
    this.openFor = null;
    this.expectedMinor = count.expected.amount;
    this.countedMinor = count.counted.amount;
    this.note = count.note;
    this.closedBy = by;
    this.closedAt = at;
    return count.counted.minus(count.expected);
  }
}
CashSessionSchema.setClass(CashSession);

export const movementKinds = ['payment', 'reversal', 'refund', 'banked'] as const;
export type MovementKind = (typeof movementKinds)[number];

export const CashMovementSchema = defineEntity({
  name: 'CashMovement',
  tableName: 'cash_movements',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    sessionId: id(),
    kind: code<MovementKind>(),
    /** The payment or refund; of banked money: the ledger's voucher. */
    subjectId: id(),
    amountMinor: amount(),
    createdAt: instant(),
  },
  uniques: [
    { name: 'cash_movements_school_id', properties: ['schoolId', 'id'] },
    { name: 'cash_movements_once', properties: ['schoolId', 'kind', 'subjectId'] },
  ],
  indexes: [{ name: 'cash_movements_session', properties: ['schoolId', 'sessionId', 'id'] }],
});

/** Money that went into the till, or out of it when negative. Append-only. */
export class CashMovement extends CashMovementSchema.class {}
CashMovementSchema.setClass(CashMovement);
