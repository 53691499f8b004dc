import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { accepted } from '../../src/modules/notifications/ports/delivery.js';
import { EmailSender } from '../../src/modules/notifications/ports/email-sender.js';
import { QueueMessages } from '../../src/modules/notifications/use-cases/queue-messages.js';
import { SendMessages } from '../../src/modules/notifications/use-cases/send-messages.js';
import { inTransaction } from '../../src/platform/database/transaction.js';
import { Outbox } from '../../src/platform/outbox/outbox.js';
import { newId } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { type Person, Stage } from './stage.js';

let test: TestApp;
let stage: Stage;

beforeAll(async () => {
  test = await startTestApp();
  stage = await Stage.open(test, 'mange');
});
beforeEach(() => test.sandbox.reset());
afterEach(() => void jest.restoreAllMocks());
afterAll(() => test.close());

/** Sends an e-mail to each of them, all in one batch. @returns how many were not closed */
async function sendTogether(students: readonly Person[]): Promise<number> {
  const orders = students.map(({ userId }) => ({
    kind: 'welcome' as const,
    userId,
    subjectId: userId,
    cause: newId(),
  }));
  const queue = () => inTransaction(test.em, () => stage.get(QueueMessages).execute(orders));
  await stage.inside(() => Outbox.muted(queue));
  const ids = (await Promise.all(students.map((each) => stage.messagesTo(each)))).flat().map(({ id }) => id);
  const { signal } = new AbortController();
  const failures = await stage.inside(() => stage.get(SendMessages).execute(ids, (_, work) => work(), signal));
  return failures.size;
}

const stateOf = async (student: Person) => (await stage.messagesTo(student)).map(({ state }) => state);

describe('one message of many that go out together', () => {
  it('whose address no mail server knows keeps none of the others back', async () => {
    const odd = await stage.student({ email: 'jørgen@mange.example' });
    const other = await stage.student();
    expect(await sendTogether([odd, other])).toBe(0);
    expect([await stateOf(odd), await stateOf(other)]).toEqual([['rejected'], ['sent']]);
  });

  it.each([
    ['says the same of each', 'OK'],
    ['is endless', 'x'.repeat(5_000)],
  ])('whose provider’s reference %s is sent once, and so are the others', async (_, reference) => {
    const send = jest.spyOn(stage.get(EmailSender), 'send').mockImplementation(async () => accepted(reference));
    const students = [await stage.student(), await stage.student(), await stage.student()];
    expect(await sendTogether(students)).toBe(0);
    expect(await Promise.all(students.map(stateOf))).toEqual([['sent'], ['sent'], ['sent']]);
    expect(send).toHaveBeenCalledTimes(3);
  });
});
