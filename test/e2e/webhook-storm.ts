import type { WebhookSender } from '../../sandbox/http/webhook-sender.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { draw, fc } from '../support/properties.js';
import type { Till } from './till.js';

type Sender = Pick<WebhookSender<unknown>, 'log' | 'resend' | 'sendTo'>;

/** Every order of a few things. */
export function ordersOf<Thing>(things: readonly Thing[]): Thing[][] {
  if (things.length < 2) return [[...things]];
  return things.flatMap((first, index) =>
    ordersOf(things.filter((_, other) => other !== index)).map((rest) => [first, ...rest]),
  );
}

/** Each of them five times, in any order. */
export function fiveTimesShuffled<Thing>(things: readonly Thing[]): Thing[] {
  const all = things.flatMap((thing) => Array<Thing>(5).fill(thing));
  return draw(fc.shuffledSubarray(all, { minLength: all.length }));
}

/** What is held comes three days late, five times each in any order, and by the hand of two at a time. @returns the answers */
export async function tellLate(test: TestApp, sender: Sender): Promise<(number | string)[]> {
  test.clock.advance({ hours: 72 });
  const held = sender.log().filter(({ state }) => state === 'held');
  const before = new Map(held.map((each) => [each, each.attempts.length]));
  const order = fiveTimesShuffled(held.map(({ id }) => id));
  for (let n = 0; n < order.length; n += 2) await Promise.all(order.slice(n, n + 2).map((id) => sender.resend(id)));
  await test.settle();
  // Whoever asks afterwards has a session of today.
  test.clock.follow();
  return held.flatMap((each) => each.attempts.slice(before.get(each)).map(({ result }) => result));
}

/** Sends each message of the log in that order, each so many times at once. */
async function sendAll(sender: Sender, ids: readonly string[], copies: number): Promise<void> {
  for (const id of ids) await Promise.all(Array.from({ length: copies }, () => sender.resend(id)));
}

/** What was told since then comes again, twenty times each, the last first; and then to an application that has just started. */
export async function tellAllAgain(till: Till, sender: Sender, since: number): Promise<void> {
  const ids = sender.log().map(({ id }) => id);
  const told = ids.slice(0, ids.length - since);
  await sendAll(sender, told, 20);
  await till.test.settle();
  await till.test.emptyQueue();
  const restarted = await startTestApp({ beside: till.test, env: till.test.env });
  const path = `/webhooks/${new URL(sender.log()[0]!.url!).pathname.split('/').at(-1)}`;
  sender.sendTo(restarted.url + path);
  await sendAll(sender, told, 2);
  await restarted.settle();
  sender.sendTo(till.test.url + path);
  await restarted.close();
}
