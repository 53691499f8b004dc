import { defineEntity, type InferEntity } from '@mikro-orm/core';
import { code, id, instant, int, schoolScoped, text } from '../../../platform/database/columns.js';
import type { SaveMethodStatus } from '../ports/gateway-methods.js';
import { nextCheck } from './next-check.js';

export const savedMethodStates = ['opening', 'open', 'saved', 'expired', 'removed'] as const;
export type SavedMethodState = (typeof savedMethodStates)[number];

const reference = () => text(255).collation('ascii_bin').nullable();

export const SavedMethodSchema = defineEntity({
  name: 'SavedMethod',
  tableName: 'saved_methods',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    studentId: id(),
    provider: text(40),
    accountRef: reference(),
    /** The gateway's name for the page on which it is saved. */
    setupRef: reference(),
    setupUrl: text(2000).nullable(),
    customerRef: reference(),
    methodRef: reference(),
    state: code<SavedMethodState>(),
    brand: text(40).nullable(),
    last4: text(4).columnType('char(4)').nullable(),
    expMonth: int().nullable(),
    expYear: int().nullable(),
    /** Which words were agreed to. */
    consentVersion: text(20),
    /** Who agreed that money may be taken without him. */
    consentedBy: id(),
    createdAt: instant(),
    savedAt: instant().nullable(),
    removedAt: instant().nullable(),
    /** When the gateway is asked, or told, again; null when there is nothing to ask. */
    nextCheckAt: instant().nullable(),
    checks: int(),
  },
  uniques: [
    { name: 'saved_methods_school_id', properties: ['schoolId', 'id'] },
    { name: 'saved_methods_ref', properties: ['provider', 'methodRef'] },
  ],
  indexes: [
    { name: 'saved_methods_student', properties: ['schoolId', 'studentId', 'id'] },
    { name: 'saved_methods_next_check', properties: ['nextCheckAt'] },
  ],
});

/** A card that a student has left with the gateway, and his consent that it is charged without him. */
export class SavedMethod extends SavedMethodSchema.class {
  static of(row: InferEntity<typeof SavedMethodSchema>): SavedMethod {
    return Object.assign(new SavedMethod(), row);
  }

  get isWaiting(): boolean {
    return this.state === 'opening' || this.state === 'open';
  }

  /** The gateway has opened the page. */
  open(page: { ref: string; url: string }, now: Date): void {
    this.setupRef ??= page.ref;
    if (!this.isWaiting) return;
    this.state = 'open';
    this.setupUrl = page.url;
    this.later(now);
  }

  /** What the gateway says of the page. @returns true when that changed something */
  learn(status: SaveMethodStatus, now: Date): boolean {
    this.setupRef ??= status.ref;
    if (status.state === 'open') {
      // Also one that was removed before it was saved: it may be saved yet, and has to be removed there then.
      if (!this.methodRef) this.later(now);
      return false;
    }
    if (status.state === 'expired') {
      this.rest();
      return this.isWaiting && this.end('expired');
    }
    if (this.methodRef) return false;
    const { methodRef, customerRef, brand, last4, expMonth, expYear } = status;
    Object.assign(this, { methodRef, customerRef, brand, last4, expMonth, expYear, setupUrl: null, savedAt: now });
    // Removed before the gateway told us of it: then it has to be removed there, too.
    if (this.state === 'removed') this.nextCheckAt = now;
    else this.end('saved');
    return true;
  }

  /** It is charged no more from now on; the gateway is told afterwards. @returns false when it was removed before */
  remove(now: Date): boolean {
    if (this.state === 'removed') return false;
    this.state = 'removed';
    this.removedAt = now;
    this.setupUrl = null;
    this.nextCheckAt = now;
    this.checks = 0;
    return true;
  }

  /** Nothing is left to ask. */
  rest(): void {
    this.nextCheckAt = null;
  }

  later(now: Date): void {
    this.checks += 1;
    this.nextCheckAt = nextCheck(now, this.checks);
  }

  private end(state: 'saved' | 'expired'): true {
    this.state = state;
    this.setupUrl = null;
    this.nextCheckAt = null;
    return true;
  }
}
SavedMethodSchema.setClass(SavedMethod);
