import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql, type UpdateObject } from 'kysely';
import { bin, bins, globalQuery, type Tables } from '../database/query.js';
import { inTransaction, repeatedOnConflict } from '../database/transaction.js';
import { Clock } from '../values/clock.js';
import { type Id, newId } from '../values/id.js';
import type { DomainEvent, EventOf } from './event.js';
import type { Lane } from './lanes.js';
import type { OutboxDeliverySchema, OutboxEventSchema } from './outbox.entities.js';

type OutboxTables = Tables<typeof OutboxEventSchema | typeof OutboxDeliverySchema>;

/** One delivery as it was taken; `attempt` says which run of it may begin. */
export interface TakenDelivery {
  readonly eventId: Id;
  readonly attempt: number;
}

/** Deliveries of one handler that run together: the data of a job. */
export interface Taken {
  readonly handler: string;
  readonly deliveries: readonly TakenDelivery[];
}

/** An event of a run that has begun. */
export interface Begun {
  readonly event: EventOf<DomainEvent>;
  readonly traceParent: string | null;
}

/** A run of some deliveries; nothing it writes counts once another run has begun with them. */
export interface Run {
  readonly id: Id;
  readonly handler: string;
  /** Without those that are closed, or that another run was faster with. */
  readonly begun: readonly Begun[];
}

/** What nobody begins, or says that it goes on, for so long is another's to take. */
const leasedFor = 20_000;
/** How often a run says that it goes on. */
export const renewedEvery = 5_000;

// By the database's clock, which is one: whose own runs fast must not take a lease for ended.
const notLeased = sql<boolean>`(leased_until IS NULL OR leased_until <= NOW(3))`;
const leaseEnded = sql<Date>`NOW(3)`;
const fromNow = (ms: number) => sql<Date>`NOW(3) + INTERVAL ${sql.lit(ms * 1_000)} MICROSECOND`;

/** The deliveries' states in SQL: what is due, who has it, what became of it. */
@Injectable()
export class Deliveries {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  /** Takes what is due in a lane for putting it into the queue; left alone, it is due again after a while. */
  async lease(lane: Lane, limit: number): Promise<(TakenDelivery & { readonly handler: string })[]> {
    return inTransaction(this.em, async () => {
      const due = await this.db
        .selectFrom('outbox_deliveries')
        .select(['event_id as eventId', 'handler', 'attempts as attempt'])
        .where('lane', '=', lane)
        .where('state', '=', 'open')
        .where('due_at', '<=', this.clock.now())
        .where(notLeased)
        .orderBy('due_at')
        .limit(limit)
        .forUpdate()
        .skipLocked()
        .execute();
      const until = this.in(leasedFor);
      for (const [handler, its] of Map.groupBy(due, (row) => row.handler)) {
        const ids = its.map(({ eventId }) => eventId);
        await this.open(handler, ids)
          .set({ due_at: until, leased_until: fromNow(leasedFor) })
          .execute();
      }
      return due;
    });
  }

  /** Begins a run with those that nobody has begun since they were taken. */
  async begin({ handler, deliveries }: Taken): Promise<Run> {
    const id = newId();
    const byAttempt = [...Map.groupBy(deliveries, ({ attempt }) => attempt)];
    const { numUpdatedRows } = await repeatedOnConflict(() =>
      this.db
        .updateTable('outbox_deliveries')
        .set((row) => ({
          attempts: row('attempts', '+', 1),
          run_id: bin(id),
          due_at: this.stillLeased(),
          leased_until: fromNow(leasedFor),
        }))
        .where('handler', '=', handler)
        .where('state', '=', 'open')
        .where((where) =>
          where.or(
            byAttempt.map(([attempt, its]) =>
              where.and([where('attempts', '=', attempt), where('event_id', 'in', bins(idsOf(its)))]),
            ),
          ),
        )
        .executeTakeFirst(),
    );
    return { id, handler, begun: numUpdatedRows === 0n ? [] : await this.begunBy(id, handler, idsOf(deliveries)) };
  }

  /** The run goes on. */
  async renew(run: Run): Promise<void> {
    await this.ofRun(run)
      .set({ due_at: this.in(leasedFor), leased_until: fromNow(leasedFor) })
      .execute();
  }

  /** Closes deliveries of the run. @returns false when another run has begun with one of them, whose effect counts then */
  async close(run: Run, eventIds: readonly Id[]): Promise<boolean> {
    if (eventIds.length === 0) return true;
    const { numUpdatedRows } = await this.ofRun(run, eventIds)
      .set({ state: 'done', last_error: null })
      .executeTakeFirst();
    return numUpdatedRows === BigInt(eventIds.length);
  }

  async postpone(run: Run, eventIds: readonly Id[], until: Date): Promise<void> {
    await this.ofRun(run, eventIds).set({ due_at: until, leased_until: leaseEnded }).execute();
  }

  /** With a pause that grows from failure to failure. What is given up by this keeps the moment as its `due_at`. */
  async fail(run: Run, eventIds: readonly Id[], error: string, allowed: number): Promise<void> {
    const wait = sql<number>`least(pow(2, failures + 1) * 1000, 3600000) * (0.5 + rand())`;
    const now = this.clock.now();
    // Assignments are made from left to right, so the number that the others look at comes last.
    const change: UpdateObject<OutboxTables, 'outbox_deliveries'> = {
      last_error: error.slice(0, 500),
      state: sql<'open' | 'dead'>`if(failures + 1 >= ${allowed}, 'dead', 'open')`,
      due_at: sql<Date>`if(failures + 1 >= ${allowed}, ${now}, date_add(${now}, interval round(${wait} * 1000) microsecond))`,
      leased_until: leaseEnded,
      failures: sql<number>`failures + 1`,
    };
    await this.ofRun(run, eventIds).set(change).execute();
  }

  private get db() {
    return globalQuery<OutboxTables>(this.em);
  }

  private in(ms: number): Date {
    return new Date(this.clock.now().getTime() + ms);
  }

  /** A lease in which one renewal may fail stays as it is: another `due_at` costs the index an entry. */
  private stillLeased() {
    return sql<Date>`if(due_at < ${this.in(3 * renewedEvery)}, ${this.in(leasedFor)}, due_at)`;
  }

  private open(handler: string, eventIds: readonly Id[]) {
    return this.db
      .updateTable('outbox_deliveries')
      .where('handler', '=', handler)
      .where('event_id', 'in', bins(eventIds))
      .where('state', '=', 'open');
  }

  private ofRun({ id, handler, begun }: Run, eventIds: readonly Id[] = begun.map(({ event }) => event.id)) {
    return this.open(handler, eventIds).where('run_id', '=', bin(id));
  }

  private async begunBy(runId: Id, handler: string, eventIds: readonly Id[]): Promise<Begun[]> {
    const rows = await this.db
      .selectFrom('outbox_deliveries as d')
      .innerJoin('outbox_events as e', 'e.id', 'd.event_id')
      .select(['e.id', 'e.school_id as schoolId', 'e.occurred_at as occurredAt', 'e.payload'])
      .select('e.trace_parent as traceParent')
      .where('d.handler', '=', handler)
      .where('d.event_id', 'in', bins(eventIds))
      .where('d.run_id', '=', bin(runId))
      .execute();
    return rows.map(({ traceParent, payload, ...event }) => ({
      event: { ...event, payload: JSON.parse(payload) as object },
      traceParent,
    }));
  }
}

function idsOf(deliveries: readonly TakenDelivery[]): Id[] {
  return deliveries.map(({ eventId }) => eventId);
}
