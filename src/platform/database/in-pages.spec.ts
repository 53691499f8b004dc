import { describe, expect, it } from '@jest/globals';
import { inPages } from './in-pages.js';

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
});
