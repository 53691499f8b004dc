import { listOf } from './list-of.js';
import type { Params } from './params.js';
import { StripeRefusal } from './stripe-refusal.js';

/** One page of objects, the newest first, as `limit`, `starting_after` and `ending_before` ask. */
export function page(newestFirst: readonly { id: string }[], query: Params, url: string): object {
  const limit = query.integer('limit') ?? 10;
  if (limit < 1 || limit > 100) throw StripeRefusal.invalid('`limit` must be between 1 and 100.', 'limit');
  const before = query.text('ending_before');
  if (before !== undefined) {
    const end = positionOf(newestFirst, before, 'ending_before');
    return listOf(newestFirst.slice(Math.max(0, end - limit), end), url, end > limit);
  }
  const after = query.text('starting_after');
  const start = after === undefined ? 0 : positionOf(newestFirst, after, 'starting_after') + 1;
  return listOf(newestFirst.slice(start, start + limit), url, newestFirst.length > start + limit);
}

/** Whether the object carries each value that the query asks for among these fields. */
export function matches(object: object, query: Params, fields: readonly string[]): boolean {
  return fields.every((field) => {
    const wanted = query.text(field);
    return wanted === undefined || (object as Record<string, unknown>)[field] === wanted;
  });
}

function positionOf(objects: readonly { id: string }[], id: string, param: string): number {
  const index = objects.findIndex((object) => object.id === id);
  if (index === -1) throw StripeRefusal.unknown('object', id, param);
  return index;
}
