import { describe, expect, it } from '@jest/globals';
import { decodeCursor, encodeCursor, pageOf, PageOf } from './paging.js';
import { InvalidRequest } from './request-problems.js';

describe('paging', () => {
  const shape = { name: 'string', order: 'number' } as const;

  it('takes a cursor back as it gave it', () => {
    expect(decodeCursor(encodeCursor({ name: 'Ærø', order: 7 }), shape)).toEqual({ name: 'Ærø', order: 7 });
    expect(decodeCursor(undefined, shape)).toBeNull();
  });

  it.each([
    '',
    'nonsense',
    encodeCursor({ name: 'x' }),
    encodeCursor({ name: 1, order: 1 }),
    Buffer.from('null').toString('base64url'),
  ])('refuses the cursor %p', (cursor) => {
    expect(() => decodeCursor(cursor, shape)).toThrow(InvalidRequest);
  });

  it('knows of a next page by the one row too many', () => {
    const rows = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
    const first = pageOf(rows, 2, ({ id }) => ({ id }));
    expect(first.items).toEqual([{ id: 'a' }, { id: 'b' }]);
    expect(decodeCursor(first.nextCursor ?? undefined, { id: 'string' })).toEqual({ id: 'b' });
    expect(pageOf(rows, 3, ({ id }) => ({ id })).nextCursor).toBeNull();
    expect(pageOf([], 3, () => ({})).nextCursor).toBeNull();
  });

  it('names the page’s schema after the item', () => {
    class StudentDto {
      name: string;
    }
    expect(PageOf(StudentDto).name).toBe('StudentPage');
    expect(PageOf(StudentDto)).toBe(PageOf(StudentDto));
  });
});
