import { SpanKind } from '@opentelemetry/api';
import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { EntityManager } from '@mikro-orm/mysql';
import { Logger } from '@nestjs/common';
import { RequestContext } from '@mikro-orm/core';
import type { Job } from 'bullmq';
import { actingAsProgram } from '../audit/acting.js';
import { inTransaction } from '../database/transaction.js';
import { withLogContext } from '../observability/log-context.js';
import { messageWithoutPersons } from '../observability/redaction.js';
import { spanFailed } from '../observability/tracing/spans.js';
import { Tracing } from '../observability/tracing/tracing.js';
import { acrossSchools, inSchool } from '../tenancy/tenancy.js';
import { Deliveries, type Taken } from './deliveries.js';
import type { DomainEvent, EventOf } from './event.js';
import { type Handler, HandlerRegistry } from './handler-registry.js';
import { Postponed } from './handles.js';
import { outboxQueue } from './relay.js';

/** Thrown inside the handler's transaction to undo it: another run has taken over. */
class Overtaken extends Error {}

/** Runs one delivery: its handler in the event's school, and the outcome in SQL. BullMQ itself retries nothing. */
@Processor(outboxQueue, { concurrency: 10, lockDuration: 30_000, maxStalledCount: 10 })
export class DeliveryProcessor extends WorkerHost {
  private readonly logger = new Logger(DeliveryProcessor.name);

  constructor(
    private readonly em: EntityManager,
    private readonly deliveries: Deliveries,
    private readonly handlers: HandlerRegistry,
    private readonly tracing: Tracing,
  ) {
    super();
  }

  async process({ data: taken }: Job<Taken>): Promise<void> {
    const handler = this.handlers.named(taken.handler);
    // An older process of a rolling deployment may not know it yet: the lease ends, another one takes it.
    if (!handler) return;
    const deliver = () => actingAsProgram('system', handler.name, () => this.deliver(taken, handler));
    await RequestContext.create(this.em, deliver);
  }

  // Redis went away or forgot a job; what it held comes due again.
  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.logger.warn(`the queue worker reports: ${error.message}`);
  }

  private async deliver(taken: Taken, handler: Handler): Promise<void> {
    const begun = await this.deliveries.begin(taken);
    if (!begun) return;
    const { event, traceParent } = begun;
    const ids = { handler: handler.name, eventId: event.id };
    const options = { kind: SpanKind.CONSUMER, parent: traceParent, attributes: { 'jd.event_id': event.id } };
    await withLogContext(ids, () =>
      this.tracing.run(`deliver ${handler.name}`, options, () => this.runAndRecord(taken, handler, event)),
    );
  }

  private async runAndRecord(taken: Taken, handler: Handler, event: EventOf<DomainEvent>): Promise<void> {
    try {
      await inScopeOf(event, () =>
        handler.mode === 'external' ? this.runExternal(taken, handler, event) : this.runWhole(taken, handler, event),
      );
    } catch (error) {
      await this.recordFailure(taken, handler, error);
    }
  }

  private runWhole(taken: Taken, handler: Handler, event: EventOf<DomainEvent>): Promise<void> {
    return inTransaction(this.em, async () => {
      if (!(await this.deliveries.close(taken))) throw new Overtaken();
      await handler.run(event);
    });
  }

  private async runExternal(taken: Taken, handler: Handler, event: EventOf<DomainEvent>): Promise<void> {
    await handler.run(event);
    await this.deliveries.close(taken);
  }

  private async recordFailure(taken: Taken, handler: Handler, error: unknown): Promise<void> {
    if (error instanceof Overtaken) return;
    if (error instanceof Postponed) return this.deliveries.postpone(taken, error.until);
    spanFailed(error);
    this.logger.warn({ err: error }, 'a delivery failed');
    await this.deliveries.fail(
      taken,
      error instanceof Error ? `${error.name}: ${messageWithoutPersons(error)}` : typeof error,
      handler.attempts,
    );
  }
}

function inScopeOf<T>(event: EventOf<DomainEvent>, work: () => T): T {
  return event.schoolId ? inSchool(event.schoolId, work) : acrossSchools('an event that belongs to no school', work);
}
