import { MessageSchema } from '../../src/modules/notifications/index.js';
import { QueueMessages } from '../../src/modules/notifications/use-cases/queue-messages.js';
import { globalQuery } from '../../src/platform/database/query.js';
import { idToBytes, type Id, newId } from '../../src/platform/values/id.js';
import type { Person, Stage } from '../notifications/stage.js';
import type { TestApp } from '../support/app.js';

const atOnce = 250;

/** Many people who all hear about one lesson, by e-mail and by text message. */
export class MessageStorm {
  private constructor(
    private readonly stage: Stage,
    private readonly bookingId: Id,
    readonly readers: readonly Id[],
  ) {}

  static async gather(stage: Stage, readers: number): Promise<MessageStorm> {
    const student = await stage.student();
    const { id } = await stage.book(student);
    await stage.test.settle();
    stage.test.sandbox.reset();
    return new MessageStorm(stage, id, await likeOne(stage, student, readers));
  }

  /** @returns how many messages that are: two for each reader */
  async queue(): Promise<number> {
    for (let from = 0; from < this.readers.length; from += atOnce) {
      const some = this.readers.slice(from, from + atOnce);
      await this.stage.inside(() =>
        this.stage.get(QueueMessages).execute(
          some.map((userId) => ({
            kind: 'lesson_booked' as const,
            userId,
            subjectId: this.bookingId,
            cause: 'storm',
          })),
        ),
      );
    }
    return this.readers.length * 2;
  }

  /** Until nothing is on its way, the pauses between attempts skipped. */
  async untilAllAreGone(test: TestApp, patienceMs: number): Promise<void> {
    const end = Date.now() + patienceMs;
    const open = async () => Object.keys(await this.states()).some((each) => /queued|sending/.test(each));
    while (await open()) {
      if (Date.now() > end) throw new Error(`not all went out: ${JSON.stringify(await this.states())}`);
      test.clock.advance({ minutes: 2 });
      await test.settle(60).catch(() => undefined);
    }
  }

  /** By state and channel. */
  async states(): Promise<Record<string, number>> {
    const rows = await this.stage.inside(() =>
      this.stage.test.em.fork().find(
        MessageSchema,
        { dedupeKey: { $like: 'lesson_booked:storm:%' } },
        {
          fields: ['state', 'channel'],
        },
      ),
    );
    const counts: Record<string, number> = {};
    for (const { state, channel } of rows) counts[`${channel} ${state}`] = (counts[`${channel} ${state}`] ?? 0) + 1;
    return counts;
  }
}

/** Users with the settings of one, and addresses of their own. */
async function likeOne({ test }: Stage, { userId }: Person, count: number): Promise<Id[]> {
  const [user] = await test.em
    .fork()
    .execute<Record<string, unknown>[]>('SELECT * FROM users WHERE id = ?', [idToBytes(userId)]);
  const ids = Array.from({ length: count }, () => newId());
  for (let from = 0; from < count; from += atOnce) {
    const rows = ids.slice(from, from + atOnce).map((id, index) => ({
      ...user,
      id: idToBytes(id),
      email: `reader${from + index}@storm.example`,
      phone: `+4530${String(from + index).padStart(6, '0')}`,
    }));
    await globalQuery<{ users: Record<string, unknown> }>(test.em.fork()).insertInto('users').values(rows).execute();
  }
  return ids;
}
