import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { MessageAudit } from '../../src/modules/notifications/queries/message-audit.js';
import { bin } from '../../src/platform/database/query.js';
import type { Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Stage } from './stage.js';

let test: TestApp;
let stage: Stage;
let messageId: Id;

beforeAll(async () => {
  test = await startTestApp();
  stage = await Stage.open(test, 'proof');
  const student = await stage.student();
  await stage.book(student);
  await test.settle();
  messageId = (await stage.messagesTo(student))[0]!.id;
});
afterAll(() => test.close());

const findings = () => stage.inside(() => stage.get(MessageAudit).verify());
const change = (set: string) =>
  sql`UPDATE messages SET ${sql.raw(set)} WHERE id = ${bin(messageId)}`.execute(test.em.fork().getKysely());

it.each([
  ['a message that went has its provider’s reference', 'provider_ref = NULL'],
  ['a message is closed from when it has its outcome', 'closed_at = NULL'],
  ['a message is closed from when it has its outcome', "state = 'queued'"],
  ['what became of a message was told by its provider', "state = 'bounced', told_at = NULL"],
  [
    'a message goes or is given up within two days',
    "state = 'queued', closed_at = NULL, created_at = created_at - INTERVAL 3 DAY",
  ],
])('finds a breach of: %s (%s)', async (check, breach) => {
  expect(await findings()).toEqual([]);
  const columns = ['provider_ref', 'closed_at', 'state', 'told_at', 'created_at'] as const;
  const kysely = test.em.fork().getKysely();
  const { rows } = await sql<
    Record<(typeof columns)[number], unknown>
  >`SELECT provider_ref, closed_at, state, told_at, created_at FROM messages WHERE id = ${bin(messageId)}`.execute(
    kysely,
  );
  await change(breach);
  expect(await findings()).toEqual([expect.stringContaining(`${check}: ${messageId}`)]);
  const was = rows[0]!;
  await sql`UPDATE messages SET ${sql.join(columns.map((each) => sql`${sql.ref(each)} = ${was[each]}`))}
    WHERE id = ${bin(messageId)}`.execute(kysely);
  expect(await findings()).toEqual([]);
});
