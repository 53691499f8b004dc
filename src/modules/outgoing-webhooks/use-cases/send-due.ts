import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import type { Id } from '../../../platform/values/id.js';
import { SignedPosts } from '../../../platform/webhooks/signed-post.js';
import { WebhooksDue } from '../domain/webhook-events.js';
import { EndpointLeases, type Lease } from './endpoint-leases.js';
import { type BegunAttempt, type MadeAttempt, RecordAttempts } from './record-attempts.js';

/** For so long one endpoint is sent to before the others have their turn again. */
const turnMs = 20_000;

/**
 * Sends what is due at one endpoint, a few messages at a time: their attempts are committed before any is made, the outcomes after.
 * Killed in between, a message goes again under its id. In the scope of the endpoint's owner, outside of a transaction.
 */
@Injectable()
export class SendDue {
  constructor(
    readonly em: EntityManager,
    private readonly leases: EndpointLeases,
    private readonly attempts: RecordAttempts,
    private readonly posts: SignedPosts,
    private readonly outbox: Outbox,
  ) {}

  /** Leaves it to whoever is sending already. @param stop once it fires nothing more is begun: what is due is found again */
  async execute(endpointId: Id, stop: AbortSignal): Promise<void> {
    const ends = performance.now() + turnMs;
    for (;;) {
      const lease = await this.leases.take(endpointId);
      if (!lease) return;
      const sent = await this.sendWhile(lease, () => !stop.aborted && performance.now() < ends);
      if (stop.aborted) return;
      if (performance.now() >= ends) return this.later(endpointId);
      // What came due while the lease was held was left to its holder: so it is looked once more after it was let go.
      if (sent === 0) return;
    }
  }

  private async sendWhile(lease: Lease, goesOn: () => boolean): Promise<number> {
    let sent = 0;
    try {
      while (goesOn()) {
        const begun = await this.attempts.begin(lease);
        if (begun.length === 0) break;
        await this.attempts.record(lease, await Promise.all(begun.map((attempt) => this.make(attempt))));
        await this.leases.renew(lease);
        sent += begun.length;
      }
    } finally {
      await this.leases.release(lease);
    }
    return sent;
  }

  private async make(attempt: BegunAttempt): Promise<MadeAttempt> {
    const started = performance.now();
    const outcome = await this.posts.post(attempt.post);
    return { attempt, outcome, durationMs: Math.round(performance.now() - started) };
  }

  @Transaction()
  async later(endpointId: Id): Promise<void> {
    await this.outbox.record(new WebhooksDue({ endpointId }));
  }
}
