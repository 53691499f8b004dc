import { setTimeout as sleep } from 'node:timers/promises';
import { Mismatch, showMessage } from './script.mjs';

/** The sandbox, as a person with a mailbox, a phone and a card sees it. */
export class OutsideWorld {
  constructor(base) {
    this.base = base.replace(/\/$/, '');
  }

  /** Waits for the message that fits, and shows it. @throws Mismatch when it does not come */
  async message(to, { kind, like, seconds = 30 }) {
    const found = await eventually(seconds, async () =>
      (await this.messages(to)).find((each) => each.kind === kind && like.test(contentOf(each))),
    );
    if (!found) throw new Mismatch(`no ${kind} to ${to} like ${like} came within ${seconds} s`);
    showMessage(found);
    return found;
  }

  /** Everything that came to one address or number, newest first. */
  async messages(to) {
    const response = await fetch(`${this.base}/_sandbox/messages?${new URLSearchParams({ to })}`);
    return (await response.json()).messages;
  }

  /** From now on the sandbox's receiver of that name checks what it is sent by this secret. */
  async trust(name, secret) {
    await fetch(`${this.base}/_sandbox/receiver/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ secret }),
    });
  }

  /** @returns the webhook that the receiver of that name has taken under this id, if any */
  async webhook(name, id) {
    const response = await fetch(`${this.base}/_sandbox/receiver/${name}`);
    return (await response.json()).messages.find((each) => each.id === id);
  }

  /** Fills in the checkout page as a browser would. @returns where the page sends the customer afterwards */
  async pay(checkoutUrl, card) {
    const page = await fetch(checkoutUrl);
    if (!page.ok) throw new Mismatch(`the checkout page answered ${page.status}`);
    const response = await fetch(checkoutUrl, {
      method: 'POST',
      body: new URLSearchParams({ card, expiry: '12 / 34', cvc: '123' }),
      redirect: 'manual',
    });
    if (response.status !== 303) throw new Mismatch(`paying answered ${response.status}, not a redirect`);
    return response.headers.get('location');
  }
}

/** Asks until the answer is not empty. @returns the answer, or undefined when time is up */
export async function eventually(seconds, ask) {
  for (const deadline = Date.now() + seconds * 1_000; ; await sleep(250)) {
    const answer = await ask();
    if (answer || Date.now() > deadline) return answer || undefined;
  }
}

function contentOf({ subject, text }) {
  return `${subject}\n${text}`;
}
