import { describe, expect, it } from '@jest/globals';
import { inPages, readAhead } from './in-pages.js';

const numbers =
  (count: number, asked: number[] = []) =>
  async (after = 0) => {
    asked.push(after);
    return Array.from({ length: Math.min(3, count - after) }, (_, index) => after + index + 1);
  };

async function all<Row>(pages: AsyncIterable<readonly Row[]>): Promise<(readonly Row[])[]> {
  const found: (readonly Row[])[] = [];
  for await (const page of pages) found.push(page);
  return found;
}

describe('rows in pages', () => {
  it('come in order, each once, to the end', async () => {
    const [first, second] = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    expect(await all(inPages(3, numbers(7)))).toEqual([first, second, [7]]);
    expect(await all(inPages(3, numbers(6)))).toEqual([first, second]);
    expect(await all(inPages(3, numbers(0)))).toEqual([]);
  });

  it('are read no further than they are taken', async () => {
    const asked: number[] = [];
    const pages = inPages(3, numbers(100, asked));
    await pages.next();
    await pages.next();
    expect(asked).toEqual([0, 3]);
  });

  it('are read one ahead where that is asked for, and given back when nobody takes more', async () => {
    const asked: number[] = [];
    expect(await all(readAhead(inPages(3, numbers(7))))).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
    for await (const page of readAhead(inPages(3, numbers(100, asked)))) if (page.includes(4)) break;
    expect(asked).toEqual([0, 3, 6]);
    const failing = readAhead(
      inPages(3, async (after = 0) => (after === 0 ? [1, 2, 3] : Promise.reject(new Error('gone')))),
    );
    await expect(all(failing)).rejects.toThrow('gone');
  });
});
