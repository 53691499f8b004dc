import { EntityManager } from '@mikro-orm/mysql';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { withOwnEntityManager } from '../database/context.js';
import { actingAsProgram } from '../audit/acting.js';
import { globalQuery, type Tables } from '../database/query.js';
import { DecoratedMethods } from '../discovery/decorated-methods.js';
import { withLogContext } from '../observability/log-context.js';
import { messageWithoutPersons } from '../observability/redaction.js';
import { Tracing } from '../observability/tracing/tracing.js';
import { Clock } from '../values/clock.js';
import { nextRun } from './next-run.js';
import { scheduleMetadataKey, type ScheduleRegistration } from './schedule.js';
import type { ScheduleSchema } from './schedules.entities.js';

type Run = (now: Date) => Promise<void>;

/** Runs each due schedule in exactly one of all worker processes: the one whose UPDATE took it. */
@Injectable()
export class ScheduleRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ScheduleRunner.name);
  private readonly schedules = new Map<string, ScheduleRegistration & { run: Run }>();
  private readonly running = new Map<string, Promise<void>>();
  private ready = false;

  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly methods: DecoratedMethods,
    private readonly tracing: Tracing,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const { options, call } of this.methods.find<ScheduleRegistration, Run>(scheduleMetadataKey)) {
      this.schedules.set(options.name, { ...options, run: call });
    }
    const rows = [...this.schedules.values()].map(({ name, when }) => ({
      name,
      next_run_at: nextRun(when, this.clock.now()),
    }));
    if (rows.length > 0) await this.db.insertInto('schedules').ignore().values(rows).execute();
    this.ready = true;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.ready = false;
    await Promise.allSettled(this.running.values());
  }

  @Interval(1_000)
  async tick(): Promise<void> {
    if (!this.ready) return;
    try {
      for (const name of await this.due()) this.start(name);
    } catch (error) {
      this.logger.warn(`schedules were not read: ${messageWithoutPersons(error as Error)}`);
    }
  }

  /** Runs a schedule now, whether it is due or not. @throws Error when there is none of that name */
  async runNow(name: string): Promise<void> {
    const schedule = this.schedules.get(name);
    if (!schedule) throw new Error(`no schedule is named ${name}`);
    const run = () => this.tracing.run(`schedule ${name}`, {}, () => schedule.run(this.clock.now()));
    const inContext = () => actingAsProgram('system', name, () => withLogContext({ schedule: name }, run));
    await withOwnEntityManager(this.em, inContext);
  }

  private async due(): Promise<string[]> {
    const rows = await this.db
      .selectFrom('schedules')
      .select('name')
      .where('next_run_at', '<=', this.clock.now())
      .execute();
    return rows.map(({ name }) => name).filter((name) => this.schedules.has(name) && !this.running.has(name));
  }

  private start(name: string): void {
    const run = this.runIfTaken(name)
      .catch((error: unknown) => this.logger.error({ err: error, schedule: name }, 'a schedule failed'))
      .finally(() => this.running.delete(name));
    this.running.set(name, run);
  }

  private async runIfTaken(name: string): Promise<void> {
    if (!(await this.take(name))) return;
    const error = await this.runNow(name).then(
      () => null,
      (reason: unknown) => reason as Error,
    );
    await this.recordEnd(name, error);
    if (error) throw error;
  }

  private async recordEnd(name: string, error: Error | null): Promise<void> {
    const now = this.clock.now();
    await this.db
      .updateTable('schedules')
      .set((row) => ({
        last_finished_at: now,
        last_error: error ? messageWithoutPersons(error).slice(0, 500) : null,
        ...(error ? { failures: row('failures', '+', 1) } : { last_succeeded_at: now }),
      }))
      .where('name', '=', name)
      .execute();
  }

  private async take(name: string): Promise<boolean> {
    const now = this.clock.now();
    const { numUpdatedRows } = await this.db
      .updateTable('schedules')
      .set({ next_run_at: nextRun(this.schedules.get(name)!.when, now), last_started_at: now })
      .where('name', '=', name)
      .where('next_run_at', '<=', now)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  private get db() {
    return globalQuery<Tables<typeof ScheduleSchema>>(this.em);
  }
}
