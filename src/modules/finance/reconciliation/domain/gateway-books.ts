import { defineEntity } from '@mikro-orm/core';
import { amount, code, currency, id, instant, schoolScoped, text } from '../../../../platform/database/columns.js';
import { Money } from '../../../../platform/values/money.js';
import type { MovementKind } from '../../ports/gateway-books.js';

const reference = () => text(255).collation('ascii_bin');

/** What staff say that an unexplained line of the gateway's was. */
export const postingTargets = ['fees', 'bank', 'write_off'] as const;
export type PostingTarget = (typeof postingTargets)[number];

export const GatewayMovementSchema = defineEntity({
  name: 'GatewayMovement',
  tableName: 'gateway_movements',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    provider: text(40),
    movementRef: reference(),
    kind: code<MovementKind>(),
    amountMinor: amount(),
    feeMinor: amount(),
    currency: currency(),
    sourceRef: reference().nullable(),
    paymentId: id().nullable(),
    refundId: id().nullable(),
    payoutId: id().nullable(),
    /** Where staff have posted a line that explains itself by nothing of ours. */
    postedTo: code<PostingTarget>().nullable(),
    occurredAt: instant(),
  },
  uniques: [
    { name: 'gateway_movements_school_id', properties: ['schoolId', 'id'] },
    { name: 'gateway_movements_ref', properties: ['provider', 'movementRef'] },
  ],
  indexes: [
    { name: 'gateway_movements_payment', properties: ['schoolId', 'paymentId'] },
    { name: 'gateway_movements_refund', properties: ['schoolId', 'refundId'] },
    { name: 'gateway_movements_payout', properties: ['schoolId', 'payoutId'] },
    { name: 'gateway_movements_source', properties: ['schoolId', 'provider', 'sourceRef'] },
  ],
});

/** A line of a gateway's own books that is about this school. */
export class GatewayMovement extends GatewayMovementSchema.class {}
GatewayMovementSchema.setClass(GatewayMovement);

export const GatewayPayoutSchema = defineEntity({
  name: 'GatewayPayout',
  tableName: 'gateway_payouts',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    provider: text(40),
    payoutRef: reference(),
    /** The school's part of it, fees taken off. */
    amountMinor: amount(),
    feeMinor: amount(),
    currency: currency(),
    paidAt: instant(),
  },
  uniques: [
    { name: 'gateway_payouts_school_id', properties: ['schoolId', 'id'] },
    { name: 'gateway_payouts_ref', properties: ['schoolId', 'provider', 'payoutRef'] },
  ],
  indexes: [
    { name: 'gateway_payouts_paid', properties: ['schoolId', 'paidAt', 'id'] },
    { name: 'gateway_payouts_of', properties: ['provider', 'payoutRef'] },
  ],
});

/** What a gateway has sent to the bank for this school. */
export class GatewayPayout extends GatewayPayoutSchema.class {}
GatewayPayoutSchema.setClass(GatewayPayout);

export const differenceKinds = [
  'missing_here',
  'missing_there',
  'amount_differs',
  'unknown_refund',
  'unknown_dispute',
  'other_movement',
  'provider_unbound',
] as const;
export type DifferenceKind = (typeof differenceKinds)[number];
export const differenceStates = ['open', 'resolved', 'dismissed'] as const;
export type DifferenceState = (typeof differenceStates)[number];

export const GatewayDifferenceSchema = defineEntity({
  name: 'GatewayDifference',
  tableName: 'gateway_differences',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    provider: text(40),
    kind: code<DifferenceKind>(),
    /** The gateway's line, or our payment. */
    subjectRef: reference(),
    paymentId: id().nullable(),
    hereMinor: amount().nullable(),
    hereCurrency: currency().nullable(),
    thereMinor: amount().nullable(),
    /** Of what the gateway says. */
    currency: currency(),
    state: code<DifferenceState>(),
    foundAt: instant(),
    settledAt: instant().nullable(),
    settledBy: id().nullable(),
    reason: text(200).nullable(),
  },
  uniques: [
    { name: 'gateway_differences_school_id', properties: ['schoolId', 'id'] },
    { name: 'gateway_differences_subject', properties: ['schoolId', 'provider', 'kind', 'subjectRef'] },
  ],
  indexes: [
    { name: 'gateway_differences_state', properties: ['schoolId', 'state', 'id'] },
    { name: 'gateway_differences_found', properties: ['state', 'foundAt'] },
    { name: 'gateway_differences_payment', properties: ['schoolId', 'paymentId'] },
  ],
});

/** Where the gateway's books and ours do not say the same. */
export class GatewayDifference extends GatewayDifferenceSchema.class {
  get there(): Money | null {
    return typeof this.thereMinor === 'number' ? Money.of(this.thereMinor, this.currency) : null;
  }

  /** Resolved once, and differs again; what somebody has dismissed stays so. @returns false when it was not resolved */
  reopen(at: Date): boolean {
    if (this.state !== 'resolved') return false;
    Object.assign(this, { state: 'open', foundAt: at, settledAt: null, settledBy: null, reason: null });
    return true;
  }

  /** @returns false when it was settled before */
  settle(
    state: 'resolved' | 'dismissed',
    at: Date,
    by: { readonly id: string; readonly reason: string } | null,
  ): boolean {
    if (this.state !== 'open') return false;
    Object.assign(this, { state, settledAt: at, settledBy: by?.id ?? null, reason: by?.reason ?? null });
    return true;
  }
}
GatewayDifferenceSchema.setClass(GatewayDifference);

export const GatewayCursorSchema = defineEntity({
  name: 'GatewayCursor',
  tableName: 'gateway_cursors',
  properties: {
    provider: text(40).primary(),
    /** Empty for the platform's own account. */
    accountRef: reference().primary(),
    readUntil: instant(),
  },
});

export const reconciliationEntities = [
  GatewayCursorSchema,
  GatewayDifferenceSchema,
  GatewayMovementSchema,
  GatewayPayoutSchema,
];
