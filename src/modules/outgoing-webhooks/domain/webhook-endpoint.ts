import { defineEntity } from '@mikro-orm/core';
import { code, id, instant, int, schoolScoped, sealed, text } from '../../../platform/database/columns.js';
import { type Id, newId } from '../../../platform/values/id.js';
import type { PartnerName } from '../../identity/index.js';
import { heldUntil, isGivenUp } from './retry.js';
import type { WebhookType } from './webhook-types.js';

/** Beyond `deleted`, which nobody is shown: its log goes first, by and by. */
export const endpointStates = ['active', 'paused', 'disabled'] as const;
export type EndpointState = (typeof endpointStates)[number];

export const disabledReasons = ['failing', 'gone'] as const;
export type DisabledReason = (typeof disabledReasons)[number];

export const WebhookEndpointSchema = defineEntity({
  name: 'WebhookEndpoint',
  tableName: 'webhook_endpoints',
  ...schoolScoped,
  uniques: [
    { name: 'webhook_endpoints_school_id', properties: ['schoolId', 'id'] },
    { name: 'webhook_endpoints_partner_id', properties: ['partner', 'id'] },
  ],
  indexes: [{ name: 'webhook_endpoints_state', properties: ['state', 'id'] }],
  properties: {
    id: id().primary(),
    /** Null: it is a partner's, and hears of what happens in several schools. */
    schoolId: id().nullable(),
    partner: code<PartnerName>().nullable(),
    url: text(500),
    description: text(200).nullable(),
    /** Names of types with spaces between. */
    eventTypes: text(2000),
    state: code<EndpointState | 'deleted'>(),
    disabledReason: code<DisabledReason>().nullable(),
    /** Null once it is deleted. */
    secret: sealed().nullable(),
    /** The one before, signed with too until then. */
    previousSecret: sealed().nullable(),
    previousSecretUntil: instant().nullable(),
    /** In a row. */
    failures: int().default(0),
    failingSince: instant().nullable(),
    lastFailure: text(60).nullable(),
    lastFailureAt: instant().nullable(),
    lastSuccessAt: instant().nullable(),
    /** Left alone until then; after that one message tries. */
    heldUntil: instant().nullable(),
    /** Who is sending to it at the moment. */
    leaseId: id().nullable(),
    leaseUntil: instant().nullable(),
    createdBy: id(),
    createdAt: instant(),
  },
});

const previousSecretForMs = 24 * 3_600_000;

/** Whose an endpoint is, and what is sent to it: a school's, or a partner's of the platform. */
export interface EndpointOwner {
  readonly schoolId: Id | null;
  readonly partner: PartnerName | null;
}

export interface NewEndpoint extends EndpointOwner {
  readonly url: string;
  readonly description: string | null;
  readonly eventTypes: readonly WebhookType[];
  readonly createdBy: Id;
}

export type EndpointChange = Partial<Pick<NewEndpoint, 'url' | 'description' | 'eventTypes'>>;

/** Seals a secret for the place that it is kept in. */
export type Seal = (text: string, context: string) => string;

/** Where a secret belongs: it opens in its endpoint's row alone. */
export function secretContext(endpointId: Id, column: 'secret' | 'previous_secret' = 'secret'): string {
  return `webhook_endpoints.${column}:${endpointId}`;
}

/** What became of the messages that were sent to an endpoint together. */
export interface Round {
  readonly accepted: number;
  /** Why the last one failed. */
  readonly failure: string | null;
  readonly failed: number;
  /** One was answered that nothing more is wanted. */
  readonly isGone: boolean;
  /** For how long it wants to be left alone. */
  readonly askedForMs: number;
}

/** An address that hears of what happens in its school, or in those that let its partner hear. */
export class WebhookEndpoint extends WebhookEndpointSchema.class {
  static create({ eventTypes, ...details }: NewEndpoint, secret: string, seal: Seal, at: Date): WebhookEndpoint {
    const endpointId = newId();
    return Object.assign(new WebhookEndpoint(), details, {
      id: endpointId,
      eventTypes: wordsOf(eventTypes),
      state: 'active' as const,
      disabledReason: null,
      secret: seal(secret, secretContext(endpointId)),
      previousSecret: null,
      previousSecretUntil: null,
      failures: 0,
      failingSince: null,
      lastFailure: null,
      lastFailureAt: null,
      lastSuccessAt: null,
      heldUntil: null,
      leaseId: null,
      leaseUntil: null,
      createdAt: at,
    });
  }

  get owner(): EndpointOwner {
    return { schoolId: this.schoolId ?? null, partner: this.partner ?? null };
  }

  change({ eventTypes, ...change }: EndpointChange): void {
    Object.assign(this, change, eventTypes && { eventTypes: wordsOf(eventTypes) });
  }

  /** True when it was not so before. */
  pause(): boolean {
    if (this.state !== 'active') return false;
    this.state = 'paused';
    return true;
  }

  /** Also of one that was given up: it begins anew. True when it was not so before. */
  resume(): boolean {
    if (this.state === 'active') return false;
    this.state = 'active';
    this.disabledReason = null;
    this.recovered();
    return true;
  }

  /** Nothing of it is shown or sent any more, and its secrets are gone. */
  delete(): void {
    this.state = 'deleted';
    this.disabledReason = null;
    this.secret = null;
    this.previousSecret = null;
    this.previousSecretUntil = null;
  }

  /** From now on it is signed with both, and after a day with the new one alone. */
  rotate(secret: string, previous: string, seal: Seal, at: Date): void {
    this.previousSecret = seal(previous, secretContext(this.id, 'previous_secret'));
    this.previousSecretUntil = new Date(at.getTime() + previousSecretForMs);
    this.secret = seal(secret, secretContext(this.id));
  }

  /** @returns why it is given up by this, or null */
  note(round: Round, at: Date): DisabledReason | null {
    if (round.accepted > 0) {
      this.lastSuccessAt = at;
      this.recovered();
    }
    if (round.failed > 0) {
      this.lastFailure = round.failure;
      this.lastFailureAt = at;
      if (round.accepted === 0) this.fail(round.failed, at);
    }
    if (round.askedForMs > 0) this.heldUntil = later(this.heldUntil ?? null, new Date(at.getTime() + round.askedForMs));
    return this.state === 'active' ? this.giveUp(round.isGone, at) : null;
  }

  private fail(failed: number, at: Date): void {
    this.failures += failed;
    this.failingSince ??= at;
    this.heldUntil = heldUntil(this.failures, at);
  }

  private giveUp(isGone: boolean, at: Date): DisabledReason | null {
    const isFailing = this.failingSince && isGivenUp(this.failingSince, at);
    if (!isGone && !isFailing) return null;
    this.state = 'disabled';
    this.disabledReason = isGone ? 'gone' : 'failing';
    return this.disabledReason;
  }

  private recovered(): void {
    this.failures = 0;
    this.failingSince = null;
    this.heldUntil = null;
  }
}
WebhookEndpointSchema.setClass(WebhookEndpoint);

function wordsOf(types: readonly WebhookType[]): string {
  return [...new Set(types)].sort().join(' ');
}

function later(one: Date | null, other: Date): Date {
  return one && one > other ? one : other;
}
