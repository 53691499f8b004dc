import type { WebhookSender } from '../../sandbox/http/webhook-sender.js';
import { startTestApp } from '../support/app.js';
import type { Till } from './till.js';

type Sender = Pick<WebhookSender<unknown>, 'log' | 'resend' | 'sendTo'>;

/** Every order of a few things. */
export function ordersOf<Thing>(things: readonly Thing[]): Thing[][] {
  if (things.length < 2) return [[...things]];
  return things.flatMap((first, index) =>
    ordersOf(things.filter((_, other) => other !== index)).map((rest) => [first, ...rest]),
  );
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
