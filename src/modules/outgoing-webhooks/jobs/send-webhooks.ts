import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, Logger } from '@nestjs/common';
import { sql } from 'kysely';
import { globalQuery } from '../../../platform/database/query.js';
import { Measures, type Readings } from '../../../platform/observability/metrics/measures.js';
import { type Delivered, HandlesMany, type Outcomes } from '../../../platform/outbox/handles.js';
import { Schedule } from '../../../platform/schedules/schedule.js';
import { acrossSchools } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import { usefulForMs } from '../domain/retry.js';
import { inEndpointScope } from '../domain/endpoint-scope.js';
import { WebhooksDue } from '../domain/webhook-events.js';
import { OutgoingWebhooksConfig } from '../outgoing-webhooks.config.js';
import { WebhookDues } from '../queries/webhook-dues.js';
import type { WebhookTables } from '../tables.js';
import { SendDue } from '../use-cases/send-due.js';

const lookedAtOnce = 500;
const forgottenAtOnce = 1_000;

/** Sends to endpoints what is due at them, several endpoints at a time, and forgets what is old. */
@Injectable()
export class SendWebhooks {
  private readonly logger = new Logger(SendWebhooks.name);

  constructor(
    private readonly em: EntityManager,
    private readonly dues: WebhookDues,
    private readonly sendDue: SendDue,
    private readonly config: OutgoingWebhooksConfig,
  ) {}

  /** Several of one endpoint are one turn. */
  @HandlesMany(WebhooksDue, { name: 'outgoing-webhooks.send', lane: () => 'webhooks' })
  async send(events: readonly Delivered<WebhooksDue>[], stop: AbortSignal): Promise<Outcomes> {
    const outcomes = new Map<Id, Error>();
    const turns = [...Map.groupBy(events, ({ payload }) => payload.endpointId)].map(async ([endpointId, its]) => {
      try {
        await its[0]!.within(() => this.sendDue.execute(endpointId, stop));
      } catch (error) {
        for (const { id } of its) outcomes.set(id, error as Error);
      }
    });
    await Promise.all(turns);
    return outcomes;
  }

  /** What is tried again, and what a process left behind that died. */
  @Schedule('outgoing-webhooks.due', { every: { seconds: 5 } })
  async look(): Promise<void> {
    const due = await acrossSchools('webhooks that are due', () => this.dues.due(lookedAtOnce));
    for (const { id, schoolId } of due) {
      try {
        await inEndpointScope(schoolId, () => this.sendDue.later(id));
      } catch (error) {
        this.logger.warn({ err: error }, 'webhooks that are due were not queued');
      }
    }
  }

  @Schedule('outgoing-webhooks.forget', { daily: '03:50' })
  async forget(now: Date): Promise<void> {
    await this.expire(now);
    await this.untilDone(() =>
      this.db
        .deleteFrom('webhook_messages')
        .where('created_at', '<', new Date(now.getTime() - this.config.logDays * 86_400_000))
        .where('state', '!=', 'queued')
        .limit(forgottenAtOnce)
        .executeTakeFirstOrThrow()
        .then(({ numDeletedRows }) => numDeletedRows),
    );
    await sql`DELETE FROM webhook_endpoints WHERE state = 'deleted'
      AND NOT EXISTS (SELECT 1 FROM webhook_messages m WHERE m.endpoint_id = webhook_endpoints.id)`.execute(this.db);
  }

  @Measures(
    {
      name: 'webhook_messages_waiting',
      help: 'Messages to webhook endpoints of schools and partners that are not delivered yet.',
    },
    { name: 'webhook_endpoints', help: 'Webhook endpoints of schools and partners by their state.', labels: ['state'] },
  )
  async measure(): Promise<Readings> {
    const endpoints = await this.db
      .selectFrom('webhook_endpoints')
      .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
      .where('state', '!=', 'deleted')
      .groupBy('state')
      .execute();
    const waiting = await this.db
      .selectFrom('webhook_messages')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('state', '=', 'queued')
      .executeTakeFirstOrThrow();
    return {
      webhook_messages_waiting: [{ value: waiting.count }],
      webhook_endpoints: endpoints.map(({ state, count }) => ({ labels: { state }, value: count })),
    };
  }

  /** What waited at a paused endpoint for longer than anybody retries, and at a deleted one. */
  private async expire(now: Date): Promise<void> {
    const before = new Date(now.getTime() - usefulForMs);
    await this.untilDone(() =>
      this.db
        .updateTable('webhook_messages')
        .set({ state: 'dead', closed_at: now, last_reason: 'expired' })
        .where('state', '=', 'queued')
        .where('queued_at', '<', before)
        .limit(forgottenAtOnce)
        .executeTakeFirstOrThrow()
        .then(({ numUpdatedRows }) => numUpdatedRows),
    );
  }

  private async untilDone(step: () => Promise<bigint>): Promise<void> {
    while ((await step()) === BigInt(forgottenAtOnce));
  }

  private get db() {
    return globalQuery<WebhookTables>(this.em);
  }
}
