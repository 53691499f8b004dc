import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Encryption } from '../../../platform/crypto/encryption.js';
import { bin, bins, globalQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import { type Id, newId } from '../../../platform/values/id.js';
import type { SignedPost, SignedPostOutcome } from '../../../platform/webhooks/signed-post.js';
import { failuresToHold, nextTry } from '../domain/retry.js';
import { type EndpointOwner, type Round, secretContext, WebhookEndpoint } from '../domain/webhook-endpoint.js';
import type { WebhookTables } from '../tables.js';
import { type Lease, leasedForMs } from './endpoint-leases.js';
import { GiveUpEndpoint } from './give-up-endpoint.js';

/** An attempt that is written down and may be made. */
export interface BegunAttempt {
  readonly messageId: Id;
  readonly number: number;
  /** Since the message was queued. */
  readonly tries: number;
  readonly post: SignedPost;
}

export interface MadeAttempt {
  readonly attempt: BegunAttempt;
  readonly outcome: SignedPostOutcome;
  readonly durationMs: number;
}

interface DueMessage {
  readonly id: Id;
  readonly attempts: number;
}

/** So many messages are on their way to one endpoint at a time, by all processes together. */
export const AT_ONCE = 5;

/** Writes attempts down before they are made, and what became of them. In the scope of the endpoint's owner. */
@Injectable()
export class RecordAttempts {
  constructor(
    readonly em: EntityManager,
    private readonly encryption: Encryption,
    private readonly giveUp: GiveUpEndpoint,
    private readonly clock: Clock,
  ) {}

  /** The next messages that are due; one alone tries an endpoint that has failed. None when it is to be left alone, or the lease is another's. */
  @Transaction()
  async begin(lease: Lease): Promise<BegunAttempt[]> {
    const endpoint = await this.leased(lease);
    const now = this.clock.now();
    if (endpoint?.state !== 'active' || (endpoint.heldUntil && endpoint.heldUntil > now)) return [];
    const due = await this.db
      .selectFrom('webhook_messages')
      .select(['id', 'payload', 'attempts', 'tries'])
      .where('endpoint_id', '=', bin(endpoint.id))
      .where('state', '=', 'queued')
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .limit(endpoint.failures >= failuresToHold ? 1 : AT_ONCE)
      .forUpdate()
      .execute();
    if (due.length === 0) return [];
    await this.writeBegun(endpoint.owner, due, now);
    const secrets = this.secretsOf(endpoint, now);
    return due.map(({ id, payload, attempts, tries }) => ({
      messageId: id,
      number: attempts + 1,
      tries: tries + 1,
      post: { url: endpoint.url, id, body: payload, secrets },
    }));
  }

  /** An attempt that another has begun anew meanwhile counts in its log alone. */
  @Transaction()
  async record(lease: Lease, made: readonly MadeAttempt[]): Promise<void> {
    const endpoint = await this.leased(lease);
    const now = this.clock.now();
    for (const each of made) await this.recordOne(each, now);
    if (!endpoint) return;
    const givenUp = endpoint.note(roundOf(made), now);
    await this.em.flush();
    if (givenUp) await this.giveUp.execute(endpoint, givenUp);
  }

  private async writeBegun({ schoolId, partner }: EndpointOwner, due: readonly DueMessage[], now: Date): Promise<void> {
    // Left alone by a process that dies, it is due again when its lease is free.
    const again = new Date(now.getTime() + leasedForMs);
    await this.db
      .updateTable('webhook_messages')
      .set((row) => ({ attempts: row('attempts', '+', 1), tries: row('tries', '+', 1), due_at: again }))
      .where('id', 'in', bins(due.map(({ id }) => id)))
      .execute();
    const rows = due.map(({ id, attempts }) => ({
      id: bin(newId()),
      school_id: schoolId && bin(schoolId),
      partner,
      message_id: bin(id),
      number: attempts + 1,
      started_at: now,
      outcome: 'started' as const,
    }));
    await this.db.insertInto('webhook_attempts').values(rows).execute();
  }

  private async recordOne({ attempt, outcome, durationMs }: MadeAttempt, now: Date): Promise<void> {
    const { messageId, number, tries } = attempt;
    const isAccepted = outcome.outcome === 'accepted';
    const reason = isAccepted ? null : outcome.reason;
    await this.db
      .updateTable('webhook_attempts')
      .set({
        outcome: outcome.outcome,
        status: outcome.outcome === 'unknown' ? null : outcome.status,
        reason,
        duration_ms: durationMs,
      })
      .where('message_id', '=', bin(messageId))
      .where('number', '=', number)
      .execute();
    const again = isAccepted ? null : nextTry(tries, now, undefined, askedForMs(outcome));
    const open = again && { due_at: again };
    const closed = { state: isAccepted ? ('delivered' as const) : ('dead' as const), closed_at: now };
    await this.db
      .updateTable('webhook_messages')
      .set({ last_reason: reason, ...(open ?? closed) })
      .where('id', '=', bin(messageId))
      .where('state', '=', 'queued')
      .where('attempts', '=', number)
      .execute();
  }

  private async leased({ id, endpointId }: Lease): Promise<WebhookEndpoint | null> {
    const which = { id: endpointId, leaseId: id };
    return this.em.findOne(WebhookEndpoint, which, { lockMode: LockMode.PESSIMISTIC_WRITE });
  }

  private secretsOf({ id, secret, previousSecret, previousSecretUntil }: WebhookEndpoint, now: Date): string[] {
    const current = this.encryption.open(secret!, secretContext(id));
    if (!previousSecret || previousSecretUntil! <= now) return [current];
    return [current, this.encryption.open(previousSecret, secretContext(id, 'previous_secret'))];
  }

  private get db() {
    return globalQuery<WebhookTables>(this.em);
  }
}

function roundOf(made: readonly MadeAttempt[]): Round {
  const failed = made.map(({ outcome }) => outcome).filter((each) => each.outcome !== 'accepted');
  return {
    accepted: made.length - failed.length,
    failed: failed.length,
    failure: failed.at(-1)?.reason ?? null,
    isGone: failed.some((each) => each.outcome === 'rejected' && each.isGone),
    askedForMs: Math.max(0, ...failed.map(askedForMs)),
  };
}

function askedForMs(outcome: SignedPostOutcome): number {
  return outcome.outcome === 'rejected' ? (outcome.againInMs ?? 0) : 0;
}
