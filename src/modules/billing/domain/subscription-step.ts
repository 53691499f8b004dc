import { defineEntity } from '@mikro-orm/core';
import { code, id, instant, int, schoolScoped, text } from '../../../platform/database/columns.js';

export const stepKinds = ['checkout', 'change', 'cancel', 'resume'] as const;
export type StepKind = (typeof stepKinds)[number];

export const stepStates = ['asked', 'open', 'done', 'failed'] as const;
export type StepState = (typeof stepStates)[number];

const reference = () => text(255).collation('ascii_bin').nullable();

export const SubscriptionStepSchema = defineEntity({
  name: 'SubscriptionStep',
  tableName: 'subscription_steps',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    kind: code<StepKind>(),
    planId: id(),
    seats: int(),
    state: code<StepState>(),
    provider: text(40),
    /** Of a checkout: the gateway's name for its page. */
    checkoutRef: reference(),
    url: text(2000).nullable(),
    /** The subscription at the gateway: what came of a checkout, or what is changed. */
    subscriptionRef: reference(),
    failure: text(100).nullable(),
    /** The school while the step is under way, so that the database allows one at a time. */
    openFor: id().nullable(),
    createdAt: instant(),
    /** When the gateway is asked again; null once it is over. */
    nextCheckAt: instant().nullable(),
    checks: int(),
  },
  uniques: [
    { name: 'subscription_steps_school_id', properties: ['schoolId', 'id'] },
    { name: 'subscription_steps_open_for', properties: ['openFor'] },
  ],
  indexes: [
    { name: 'subscription_steps_ref', properties: ['provider', 'subscriptionRef'] },
    { name: 'subscription_steps_plan', properties: ['planId'] },
    { name: 'subscription_steps_next_check', properties: ['nextCheckAt'] },
  ],
});

const minute = 60_000;
const longest = 24 * 60 * minute;

/** Something that was asked of the gateway, whose id is the idempotency key of the call. */
export class SubscriptionStep extends SubscriptionStepSchema.class {
  get isOpen(): boolean {
    return this.openFor !== null && this.openFor !== undefined;
  }

  /** The page is there, and the school has not come back from it. */
  wait(checkout: { readonly ref: string; readonly url: string }, now: Date): void {
    if (!this.isOpen) return;
    this.state = 'open';
    this.checkoutRef = checkout.ref;
    this.url = checkout.url;
    this.askLater(now);
  }

  /** Nobody knows yet: asked again after 2, 4, 8 … minutes, at most a day. */
  askLater(now: Date): void {
    if (!this.isOpen) return;
    this.checks += 1;
    this.nextCheckAt = new Date(now.getTime() + Math.min(longest, 2 ** Math.min(this.checks, 20) * minute));
  }

  end(state: 'done' | 'failed', failure: string | null = null): void {
    if (!this.isOpen) return;
    this.state = state;
    this.failure = failure?.slice(0, 100) ?? null;
    this.openFor = null;
    this.nextCheckAt = null;
  }
}
SubscriptionStepSchema.setClass(SubscriptionStep);
