import { describe, expect, it } from '@jest/globals';
import { type Id, newId } from '../values/id.js';
import { bins } from './query.js';

describe('ids for `in`', () => {
  it('are written out, all in one piece', () => {
    const ids = [newId(), newId()];
    const [piece, ...others] = bins(ids);
    expect(others).toEqual([]);
    expect(piece!.toOperationNode()).toMatchObject({
      sqlFragments: [ids.map((id) => `x'${id.replaceAll('-', '')}'`).join(',')],
      parameters: [],
    });
  });

  it.each(["0'", 'x', '', `${newId()}' OR 1=1 -- `, `${newId()}'),(x'00`])(
    'are ids and nothing else: not %s',
    (text) => {
      expect(() => bins([newId(), text as Id])).toThrow('not an id');
    },
  );
});
