import { type RawBuilder, sql } from 'kysely';
import { decodeCursor, madeUpCursor, pageOf, type Page } from '../http/paging.js';
import { isId, type Id } from '../values/id.js';
import { bin } from './query.js';

/**
 * Rows after the cursor of a list sorted by (name, id), or by another text column and id.
 * @throws InvalidRequest
 */
export function afterName(cursor: string | undefined, column = 'name'): RawBuilder<boolean> {
  const after = decodeCursor(cursor, { name: 'string', id: 'string' });
  if (!after) return sql<boolean>`true`;
  const name = sql.ref(column);
  // The first condition alone gives the index its range.
  return sql<boolean>`(${name} >= ${after.name} and (${name} > ${after.name} or id > ${cursorId(after.id)}))`;
}

/** One page out of `limit + 1` rows in that order. */
export function pageByName<T extends { readonly id: Id; readonly name: string }>(
  rows: readonly T[],
  limit: number,
  nameOf: (row: T) => string = ({ name }) => name,
): Page<T> {
  return pageOf(rows, limit, (row) => ({ name: nameOf(row), id: row.id }));
}

/** The id within a cursor, as the database keeps it. @throws InvalidRequest when somebody made the cursor up */
export function cursorId(id: string): ReturnType<typeof bin> {
  if (isId(id)) return bin(id);
  throw madeUpCursor();
}
