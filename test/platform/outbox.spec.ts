import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, type INestApplicationContext } from '@nestjs/common';
import { getQueueToken } from '@nestjs/bullmq';
import { Test } from '@nestjs/testing';
import type { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { sql } from 'kysely';
import { setTimeout as sleep } from 'node:timers/promises';
import { globalQuery } from '../../src/platform/database/query.js';
import { inTransaction, isInTransaction } from '../../src/platform/database/transaction.js';
import { Deliveries } from '../../src/platform/outbox/deliveries.js';
import { deliveryProcessors } from '../../src/platform/outbox/delivery.processor.js';
import { DomainEvent, type EventOf } from '../../src/platform/outbox/event.js';
import { type Delivered, Handles, HandlesMany, type Outcomes, Postponed } from '../../src/platform/outbox/handles.js';
import { queueOf } from '../../src/platform/outbox/lanes.js';
import { Outbox } from '../../src/platform/outbox/outbox.js';
import { platformEntities } from '../../src/platform/platform.entities.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import { Schedule } from '../../src/platform/schedules/schedule.js';
import { currentSchool, inSchool } from '../../src/platform/tenancy/tenancy.js';
import { type Id, newId } from '../../src/platform/values/id.js';
import { dropDatabase, queuePrefix, redisUrl } from '../support/database-server.js';
import { migratedDatabase } from '../support/migrated-database.js';
import { reachableRedis } from '../support/reachable-redis.js';
import { until } from '../support/until.js';

class ThingHappened extends DomainEvent<{ text: string }> {
  static override readonly eventName = 'test.thing_happened';
}

class ManyHappened extends DomainEvent<{ text: string }> {
  static override readonly eventName = 'test.many_happened';
}

const school = newId();

@Injectable()
class Listener {
  static effects: string[] = [];
  static externalRuns: string[] = [];
  static refusals = 0;
  static batches: number[] = [];
  static ticks = 0;
  static entered = 0;
  static readonly begunBefore = new Set<Id>();

  constructor(readonly em: EntityManager) {}

  @Handles(ThingHappened, { name: 'test.write-effect', attempts: 3 })
  async write({ id, payload }: EventOf<ThingHappened>): Promise<void> {
    Listener.entered += 1;
    if (payload.text === 'begun before' && !Listener.begunBefore.has(id)) {
      Listener.begunBefore.add(id);
      throw new Postponed(new Date(Date.now() + 50), 'once more');
    }
    if (payload.text === 'slow') await sleep(1_500);
    await sql`INSERT INTO effects (text) VALUES (${payload.text})`.execute(globalQuery<object>(this.em));
    if (payload.text === 'poison') throw new Error('poisoned by sofie@example.com');
    Listener.effects.push(`${currentSchool() === school} ${isInTransaction()}`);
  }

  @Handles(ThingHappened, { name: 'test.call-outside', mode: 'external' })
  async call({ payload }: EventOf<ThingHappened>): Promise<void> {
    if (payload.text === 'later' && Listener.refusals++ < 2) throw new Postponed(new Date(Date.now() + 50), 'not yet');
    Listener.externalRuns.push(`${payload.text} ${isInTransaction()}`);
  }

  @HandlesMany(ManyHappened, { name: 'test.take-many', lane: () => 'email', attempts: 2 })
  async takeMany(events: readonly Delivered<ManyHappened>[]): Promise<Outcomes> {
    Listener.batches.push(events.length);
    const outcomes = new Map<Id, Error>();
    for (const event of events) {
      const { id, payload } = event;
      const work = async () => {
        if (payload.text === 'broken') throw new Error('broken');
        if (payload.text === 'later' && Listener.refusals++ < 1)
          throw new Postponed(new Date(Date.now() + 50), 'not yet');
        Listener.externalRuns.push(`${payload.text} ${currentSchool() === school} ${isInTransaction()}`);
      };
      await event.within(work).catch((error: Error) => outcomes.set(id, error));
    }
    return outcomes;
  }

  @Schedule('test.tick', { every: { seconds: 1 } })
  async tick(): Promise<void> {
    Listener.ticks += 1;
  }
}

async function startWorker(url: string, prefix: string, at = redisUrl): Promise<INestApplicationContext> {
  const env = { APP_ENV: 'test', DATABASE_URL: url, REDIS_URL: at, REDIS_PREFIX: prefix, LOG_LEVEL: 'silent' };
  const testing = await Test.createTestingModule({
    imports: [PlatformModule.forRoot({ entities: platformEntities, jobs: true, env })],
    providers: [Listener],
  }).compile();
  testing.useLogger(false);
  return testing.init();
}

describe('the outbox', () => {
  let url: string;
  let workers: INestApplicationContext[];
  let em: EntityManager;
  let outbox: Outbox;
  const prefix = queuePrefix();
  const redis = new Redis(redisUrl);

  beforeAll(async () => {
    url = await migratedDatabase('outbox');
    workers = [await startWorker(url, prefix), await startWorker(url, prefix)];
    em = workers[0]!.get<EntityManager>(EntityManager);
    outbox = workers[0]!.get(Outbox);
    const effects = sql`CREATE TABLE effects (id int auto_increment PRIMARY KEY, text varchar(50))`;
    await effects.execute(globalQuery<object>(em));
  });

  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.close()));
    redis.disconnect();
    await dropDatabase(url);
  });

  beforeEach(() => {
    Listener.effects = [];
    Listener.externalRuns = [];
  });

  const happen = (text: string) =>
    inSchool(school, () => inTransaction(em, () => outbox.record(new ThingHappened({ text }))));
  const count = sql<{ n: number }>`SELECT COUNT(*) AS n FROM effects WHERE text = `;
  const effects = async (text: string) =>
    (await sql<{ n: number }>`${count}${text}`.execute(globalQuery<object>(em))).rows[0]!.n;
  const states = async () =>
    (
      await sql<{
        state: string;
        n: number;
      }>`SELECT state, COUNT(*) AS n FROM outbox_deliveries GROUP BY state`.execute(globalQuery<object>(em))
    ).rows;
  const nothingOpen = () => until(async () => !(await states()).some(({ state }) => state === 'open'));

  it('delivers to each handler once, in the event’s school, inside or outside a transaction as it asked', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, index) => happen(`n${index % 5}`)));
    await nothingOpen();
    expect(Listener.effects).toEqual(Array.from({ length: 50 }, () => 'true true'));
    expect(Listener.externalRuns).toHaveLength(50);
    expect(Listener.externalRuns.every((run) => run.endsWith('false'))).toBe(true);
    expect(await effects('n0')).toBe(10);
  });

  it('records nothing when the transaction is rolled back, and needs one', async () => {
    await expect(
      inTransaction(em, async () => {
        await outbox.record(new ThingHappened({ text: 'undone' }));
        throw new Error('undo');
      }),
    ).rejects.toThrow('undo');
    await expect(outbox.record(new ThingHappened({ text: 'undone' }))).rejects.toThrow('transaction');
    const { rows } = await sql`SELECT 1 FROM outbox_events WHERE payload LIKE '%undone%'`.execute(
      globalQuery<object>(em),
    );
    expect(rows).toEqual([]);
  });

  it('undoes the effect of a failure, tries again, and leaves a dead letter in SQL', async () => {
    await happen('poison');
    await until(async () => {
      await sql`UPDATE outbox_deliveries SET due_at = ${new Date()} WHERE failures > 0 AND state = 'open'`.execute(
        globalQuery<object>(em),
      );
      return (await states()).some(({ state }) => state === 'dead');
    });
    expect(await effects('poison')).toBe(0);
    const { rows } = await sql<{ failures: number; last_error: string }>`
      SELECT failures, last_error FROM outbox_deliveries WHERE state = 'dead'`.execute(globalQuery<object>(em));
    expect(rows).toEqual([{ failures: 3, last_error: 'Error: poisoned by [e-mail]' }]);
  });

  it('has many that are due of a handler of one run by few jobs, in which one that fails keeps none of the others from their turn', async () => {
    const texts = Array.from({ length: 60 }, (_, n) => (n === 30 ? 'poison' : 'in turn'));
    await inSchool(school, () =>
      inTransaction(em, async () => {
        for (const text of texts) await outbox.record(new ThingHappened({ text }));
      }),
    );
    await until(async () => (await effects('in turn')) === 59);
    const { rows } = await sql<{ deliveries: number; runs: number }>`
      SELECT COUNT(*) AS deliveries, COUNT(DISTINCT d.run_id) AS runs FROM outbox_deliveries d
        JOIN outbox_events e ON e.id = d.event_id
      WHERE d.handler = 'test.write-effect' AND d.state = 'done' AND e.payload LIKE '%in turn%'`.execute(
      globalQuery<object>(em),
    );
    expect(rows[0]!.deliveries).toBe(59);
    expect(rows[0]!.runs).toBeLessThanOrEqual(30);
    expect(await effects('poison')).toBe(0);
    await sql`DELETE FROM outbox_events WHERE payload LIKE '%poison%'`.execute(globalQuery<object>(em));
    await nothingOpen();
  });

  it('runs by itself what was begun before: it may be what its process died of', async () => {
    await inSchool(school, () =>
      inTransaction(em, async () => {
        for (let n = 0; n < 60; n++) await outbox.record(new ThingHappened({ text: 'begun before' }));
      }),
    );
    await until(async () => (await effects('begun before')) === 60);
    const { rows } = await sql<{ attempts: number; runs: number }>`
      SELECT MIN(d.attempts) AS attempts, COUNT(DISTINCT d.run_id) AS runs FROM outbox_deliveries d
        JOIN outbox_events e ON e.id = d.event_id
      WHERE d.handler = 'test.write-effect' AND e.payload LIKE '%begun before%'`.execute(globalQuery<object>(em));
    expect(rows).toEqual([{ attempts: 2, runs: 60 }]);
    await nothingOpen();
  });

  it('calls a postponed handler again without counting a failure', async () => {
    await happen('later');
    await nothingOpen();
    expect(Listener.externalRuns).toEqual(['later false']);
    expect(Listener.refusals).toBe(3);
  });

  it('does nothing outside again because writing down its end met a conflict', async () => {
    const run = (statement: ReturnType<typeof sql>) => statement.execute(globalQuery<object>(em));
    // What a trigger writes there stays although its statement is undone.
    await run(sql`CREATE TABLE conflicts (n int) ENGINE = MyISAM`);
    await run(sql`CREATE TRIGGER conflict BEFORE UPDATE ON outbox_deliveries FOR EACH ROW
      IF NEW.handler = 'test.call-outside' AND NEW.state = 'done' AND (SELECT COUNT(*) FROM conflicts) < 2 THEN
        INSERT INTO conflicts VALUES (1);
        SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'Deadlock found when trying to get lock';
      END IF`);
    await happen('conflict');
    await nothingOpen();
    await run(sql`DROP TRIGGER conflict`);
    expect((await sql`SELECT n FROM conflicts`.execute(globalQuery<object>(em))).rows).toHaveLength(2);
    expect(Listener.externalRuns).toEqual(['conflict false']);
  });

  it('delivers many at once, each in its own school and each with its own end', async () => {
    Listener.refusals = 0;
    const texts = [...Array.from({ length: 123 }, () => 'fine'), 'broken', 'later'];
    await inSchool(school, () =>
      inTransaction(em, async () => {
        for (const text of texts) await outbox.record(new ManyHappened({ text }));
      }),
    );
    await until(async () => {
      await sql`UPDATE outbox_deliveries SET due_at = ${new Date()} WHERE failures > 0 AND state = 'open'`.execute(
        globalQuery<object>(em),
      );
      return !(await states()).some(({ state }) => state === 'open');
    });
    expect(Listener.externalRuns.toSorted()).toEqual([
      ...Array.from({ length: 123 }, () => 'fine true false'),
      'later true false',
    ]);
    expect(Math.max(...Listener.batches)).toBe(100);
    const { rows } = await sql<{ state: string; lane: string; failures: number; last_error: string | null; n: number }>`
      SELECT state, lane, failures, last_error, COUNT(*) AS n FROM outbox_deliveries WHERE handler = 'test.take-many'
      GROUP BY state, lane, failures, last_error ORDER BY n`.execute(globalQuery<object>(em));
    expect(rows).toEqual([
      { state: 'dead', lane: 'email', failures: 2, last_error: 'Error: broken', n: 1 },
      { state: 'done', lane: 'email', failures: 0, last_error: null, n: 124 },
    ]);
  });

  it('loses nothing when the queue is emptied between the commit and the delivery', async () => {
    const flushing = (async () => {
      for (let round = 0; round < 40; round++) {
        const keys = await redis.keys(`${prefix}*`);
        if (keys.length > 0) await redis.del(keys);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    await Promise.all(Array.from({ length: 20 }, () => happen('flushed')));
    await flushing;
    // What was in the queue comes due again when its lease ends; the test does not wait for that.
    await sql`UPDATE outbox_deliveries SET due_at = ${new Date()}, leased_until = NULL WHERE state = 'open'`.execute(
      globalQuery<object>(em),
    );
    await nothingOpen();
    expect(await effects('flushed')).toBe(20);
  });

  it('makes up for a relay that died when it had leased, and does not mind one that died when it had enqueued', async () => {
    const deliveries = workers[0]!.get(Deliveries);
    const queue = workers[0]!.get<Queue>(getQueueToken(queueOf('main')));
    let taken = 0;
    for (let round = 0; round < 100; round++) {
      await happen('relayed');
      // Faster than the relay itself, which waits a moment for what else is committed.
      const due = await deliveries.lease('main', 500);
      taken += due.length;
      const jobs = due.map(({ handler, ...one }) => ({ name: handler, data: { handler, deliveries: [one] } }));
      if (round % 2 === 0) await queue.addBulk([...jobs, ...jobs].map((job) => ({ ...job, opts: { jobId: newId() } })));
    }
    await sql`UPDATE outbox_deliveries SET due_at = ${new Date()}, leased_until = NULL WHERE state = 'open'`.execute(
      globalQuery<object>(em),
    );
    await nothingOpen();
    expect(taken).toBeGreaterThan(50);
    expect(await effects('relayed')).toBe(100);
  });

  it('lets a running delivery finish before it lets go of the database', async () => {
    const worker = await startWorker(url, prefix);
    Listener.entered = 0;
    await happen('slow');
    await until(() => Listener.entered > 0);
    await Promise.all([worker, ...workers].map((each) => each.close()));
    workers = [await startWorker(url, prefix)];
    em = workers[0]!.get<EntityManager>(EntityManager);
    outbox = workers[0]!.get(Outbox);
    expect(await effects('slow')).toBe(1);
  });

  it('asks a Redis that went away in the middle of much work now and then, not as fast as it can, and works on when it is back', async () => {
    await Promise.all(workers.map((worker) => worker.close()));
    const door = await reachableRedis();
    workers = [await startWorker(url, queuePrefix(), door.url)];
    em = workers[0]!.get<EntityManager>(EntityManager);
    outbox = workers[0]!.get(Outbox);
    let failures = 0;
    workers[0]!.get(deliveryProcessors[0]!).worker.on('error', () => (failures += 1));
    await Promise.all(Array.from({ length: 200 }, () => happen('busy')));
    await until(() => Listener.effects.length > 20);
    door.goAway();
    await sleep(3_000);
    expect(failures).toBeGreaterThan(0);
    expect(failures).toBeLessThan(50);
    await door.comeBack();
    await sql`UPDATE outbox_deliveries SET due_at = ${new Date()}, leased_until = NULL WHERE state = 'open'`.execute(
      globalQuery<object>(em),
    );
    await nothingOpen();
    expect(await effects('busy')).toBe(200);
    await Promise.all(workers.map((worker) => worker.close()));
    door.close();
    workers = [await startWorker(url, prefix)];
    em = workers[0]!.get<EntityManager>(EntityManager);
  });

  it('runs a schedule in one of the workers at a time', async () => {
    await until(async () => Listener.ticks >= 2);
    const { rows } = await sql<{ name: string }>`SELECT name FROM schedules WHERE last_started_at IS NOT NULL`.execute(
      globalQuery<object>(em),
    );
    expect(rows).toContainEqual({ name: 'test.tick' });
  });
});
