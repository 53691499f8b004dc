import { describe, expect, it } from '@jest/globals';
import { Slots } from './slots.js';

describe('Slots', () => {
  it('run so many at once, in order, and go on after a failure', async () => {
    const slots = new Slots(2);
    const begun: number[] = [];
    let running = 0;
    let most = 0;
    const work = (index: number) =>
      slots.run(async () => {
        begun.push(index);
        most = Math.max(most, (running += 1));
        await new Promise(setImmediate);
        running -= 1;
        if (index === 1) throw new Error('broken');
      });
    const settled = await Promise.allSettled([0, 1, 2, 3, 4].map(work));
    expect(settled.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, true, true]);
    expect([begun, most]).toEqual([[0, 1, 2, 3, 4], 2]);
  });
});
