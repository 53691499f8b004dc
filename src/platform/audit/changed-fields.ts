import { isDeepStrictEqual } from 'node:util';
import { given } from '../values/given.js';

/** The names of the given fields that do not stand like that already: for an audit entry, asked before the change is made. */
export function changedFields(before: object, change: object): string[] {
  const standing = new Map(Object.entries(before));
  return Object.entries(given(change))
    .filter(([name, value]) => !isDeepStrictEqual(standing.get(name), value))
    .map(([name]) => name);
}
