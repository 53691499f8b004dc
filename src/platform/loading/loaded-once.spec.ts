import { describe, expect, it } from '@jest/globals';
import { loadedOnce } from './loaded-once.js';

describe('what is loaded when it is first asked for', () => {
  it('is loaded once, by however many ask at once', async () => {
    let loads = 0;
    const loaded = loadedOnce(async () => (loads += 1));
    expect(loads).toBe(0);
    expect(await Promise.all([loaded(), loaded()])).toEqual([1, 1]);
    expect(await loaded()).toBe(1);
  });

  it('is loaded anew after a failure', async () => {
    let loads = 0;
    const loaded = loadedOnce(async () => {
      loads += 1;
      if (loads === 1) throw new Error('too many open files');
      return loads;
    });
    await expect(Promise.all([loaded(), loaded()])).rejects.toThrow('too many open files');
    expect(await loaded()).toBe(2);
  });
});
