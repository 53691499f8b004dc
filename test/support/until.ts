import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for a condition that another process or job brings about, and that stays true once it is. @throws Error when it does not come true in time */
export async function until(condition: () => Promise<boolean> | boolean, seconds = 45): Promise<void> {
  const deadline = Date.now() + seconds * 1_000;
  while (!(await condition())) {
    if (Date.now() > deadline)
      throw new Error(`waited ${seconds} s in vain for: ${condition.toString().slice(0, 200)}`);
    await sleep(25);
  }
}
