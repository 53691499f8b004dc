import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, Logger } from '@nestjs/common';
import { SpanKind } from '@opentelemetry/api';
import { withOwnEntityManager } from '../database/context.js';
import { actingAsProgram } from '../audit/acting.js';
import { inTransaction, repeatedOnConflict } from '../database/transaction.js';
import { withLogContext } from '../observability/log-context.js';
import { messageWithoutPersons } from '../observability/redaction.js';
import { spanFailed } from '../observability/tracing/spans.js';
import { Tracing } from '../observability/tracing/tracing.js';
import { acrossSchools, inSchool } from '../tenancy/tenancy.js';
import { Clock } from '../values/clock.js';
import type { Id } from '../values/id.js';
import type { DomainEvent, EventOf } from './event.js';
import { type Begun, Deliveries, renewedEvery, type Run, type Taken } from './deliveries.js';
import { type Handler, HandlerRegistry, type HandlerOfMany, type HandlerOfOne } from './handler-registry.js';
import { type Delivered, type Outcomes, Postponed } from './handles.js';

/** Thrown inside the handler's transaction to undo it: another run has taken over. */
class Overtaken extends Error {}

type Settled<T> = { readonly value: T } | { readonly error: Error };

/** Runs deliveries that were taken together: their handler, each event in its own school, and the outcomes in SQL. */
@Injectable()
export class DeliveryRuns {
  private readonly logger = new Logger(DeliveryRuns.name);

  constructor(
    private readonly em: EntityManager,
    private readonly deliveries: Deliveries,
    private readonly handlers: HandlerRegistry,
    private readonly tracing: Tracing,
    private readonly clock: Clock,
  ) {}

  async execute(taken: Taken, stop: AbortSignal): Promise<void> {
    const handler = this.handlers.named(taken.handler);
    // An older process of a rolling deployment may not know it yet: the lease ends, another one takes it.
    if (!handler) return;
    await withOwnEntityManager(this.em, () =>
      actingAsProgram('system', handler.name, async () => {
        const run = await this.deliveries.begin(taken);
        if (run.begun.length === 0) return;
        const outcomes = await this.outcomes(run, handler, stop);
        // What the outcome waits for may take longer than a lease.
        await this.renewing(run, () => this.record(run, handler, outcomes));
      }),
    );
  }

  private async outcomes(run: Run, handler: Handler, stop: AbortSignal): Promise<Outcomes> {
    const events = run.begun.map((begun) => this.delivered(begun, handler.name));
    try {
      if (handler.takesMany) return await this.runMany(run, handler, events, stop);
      return await this.runInTurn(run, handler, events, stop);
    } catch (error) {
      return new Map(events.map(({ id }) => [id, error as Error]));
    }
  }

  private async runMany(run: Run, handler: HandlerOfMany, events: Delivered[], stop: AbortSignal): Promise<Outcomes> {
    const work = () => acrossSchools('events of many schools at once', () => handler.run(events, stop));
    const settled = await this.settled(() => withLogContext({ handler: handler.name }, () => this.renewing(run, work)));
    return valueOf(settled);
  }

  /** Each with an outcome of its own: what fails keeps none of the others from their turn. */
  private async runInTurn(run: Run, handler: HandlerOfOne, events: Delivered[], stop: AbortSignal): Promise<Outcomes> {
    const outcomes = new Map<Id, Error>();
    const work = async () => {
      for (const event of events) {
        if (stop.aborted) outcomes.set(event.id, new Postponed(this.clock.now(), 'the process stops'));
        else await this.runOne(run, handler, event).catch((error: Error) => outcomes.set(event.id, error));
      }
    };
    await this.renewing(run, work);
    return outcomes;
  }

  private runOne(run: Run, handler: HandlerOfOne, event: Delivered): Promise<unknown> {
    return event.within(() =>
      handler.mode === 'external'
        ? handler.run(event)
        : inTransaction(this.em, async () => {
            if (!(await this.deliveries.close(run, [event.id]))) throw new Overtaken();
            await handler.run(event);
          }),
    );
  }

  private delivered({ event, traceParent }: Begun, handler: string): Delivered {
    const ids = { handler, eventId: event.id };
    const span = { kind: SpanKind.CONSUMER, parent: traceParent, attributes: { 'jd.event_id': event.id } };
    return {
      ...event,
      within: async (work) => {
        const inScope = () => withOwnEntityManager(this.em, () => inScopeOf(event, work));
        const settled = await withLogContext(ids, () =>
          this.tracing.run(`deliver ${handler}`, span, () => this.settled(inScope)),
        );
        return valueOf(settled);
      },
    };
  }

  /** Tells of a failure where its span and its ids are still known. */
  private async settled<T>(work: () => Promise<T>): Promise<Settled<T>> {
    try {
      return { value: await work() };
    } catch (error) {
      if (error instanceof Overtaken || error instanceof Postponed) return { error };
      spanFailed(error);
      this.logger.warn({ err: error }, 'a delivery failed');
      return { error: error instanceof Error ? error : new Error(typeof error) };
    }
  }

  /** For as long as the work lasts, nobody takes the run for dead. */
  private async renewing<T>(run: Run, work: () => Promise<T>): Promise<T> {
    const timer = setInterval(() => {
      // The next one may succeed.
      this.deliveries.renew(run).catch((error: Error) => this.logger.warn(messageWithoutPersons(error)));
    }, renewedEvery);
    try {
      return await work();
    } finally {
      clearInterval(timer);
    }
  }

  private async record(run: Run, { attempts, mode }: Handler, outcomes: Outcomes): Promise<void> {
    const ids = run.begun.map(({ event }) => event.id);
    const done = ids.filter((id) => !outcomes.has(id));
    // A transactional handler's own transaction has closed it.
    if (mode === 'external') await repeatedOnConflict(() => this.deliveries.close(run, done));
    const postponed = [...outcomes].filter((each): each is [Id, Postponed] => each[1] instanceof Postponed);
    for (const [until, its] of Map.groupBy(postponed, ([, error]) => error.until.getTime()))
      await repeatedOnConflict(() => this.deliveries.postpone(run, idsOf(its), new Date(until)));
    const failed = [...outcomes].filter(([, error]) => !(error instanceof Postponed || error instanceof Overtaken));
    for (const [why, its] of Map.groupBy(failed, ([, error]) => textOf(error)))
      await repeatedOnConflict(() => this.deliveries.fail(run, idsOf(its), why, attempts));
  }
}

function valueOf<T>(settled: Settled<T>): T {
  if ('error' in settled) throw settled.error;
  return settled.value;
}

function textOf(error: Error): string {
  return `${error.name}: ${messageWithoutPersons(error)}`;
}

function idsOf(outcomes: readonly (readonly [Id, Error])[]): Id[] {
  return outcomes.map(([id]) => id);
}

function inScopeOf<T>(event: EventOf<DomainEvent>, work: () => T): T {
  return event.schoolId ? inSchool(event.schoolId, work) : acrossSchools('an event that belongs to no school', work);
}
