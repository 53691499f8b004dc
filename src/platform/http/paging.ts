import { ApiProperty } from '@nestjs/swagger';
import { IntField, ListField, TextField } from './fields.js';
import { InvalidRequest } from './request-problems.js';

/** The query of every list. Extend it with filters. */
export class PageQuery {
  @IntField({ description: 'How many items at most.', example: 50, min: 1, max: 200, default: 50, optional: true })
  limit: number = 50;

  @TextField({
    description: 'Where to go on: `nextCursor` of the page before.',
    example: 'eyJpZCI6IjAxOWEifQ',
    max: 1000,
    optional: true,
  })
  cursor?: string;
}

/** One page of a list; `nextCursor` is null on the last one. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

type Class = abstract new (...args: never[]) => object;
const pages = new Map<Class, Class>();

/** The page of an item DTO for the OpenAPI document: `PageOf(StudentDto)` is the schema `StudentPage`. */
export function PageOf(item: Class): Class {
  const known = pages.get(item);
  if (known) return known;
  class ItemPage {
    @ListField(() => item, { description: 'The items of this page.' })
    items: unknown[];

    @ApiProperty({
      type: 'string',
      nullable: true,
      description: 'Pass it as `cursor` to get the next page; null on the last.',
      example: null,
    })
    nextCursor: string | null;
  }
  Object.defineProperty(ItemPage, 'name', { value: `${item.name.replace(/Dto$/, '')}Page` });
  pages.set(item, ItemPage);
  return ItemPage;
}

/** The page with each item as `view` shows it. */
export function mapPage<T, V>({ items, nextCursor }: Page<T>, view: (item: T) => V): Page<V> {
  return { items: items.map(view), nextCursor };
}

/** Cuts a page out of `limit + 1` read rows; `key` gives the sort key of the last one kept. */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  key: (row: T) => Record<string, string | number>,
): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(key(last)) : null };
}

/** Makes an opaque cursor of the sort key of the last item. */
export function encodeCursor(key: Record<string, string | number>): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * Reads a cursor back, or null when there is none.
 * @throws InvalidRequest naming `cursor` when it is not one of ours: every name of `shape` must be there with that type.
 */
export function decodeCursor<S extends Record<string, 'string' | 'number'>>(
  cursor: string | undefined,
  shape: S,
): { [K in keyof S]: S[K] extends 'number' ? number : string } | null {
  if (cursor === undefined) return null;
  const key = parse(cursor);
  if (!key || Object.entries(shape).some(([name, type]) => typeof key[name] !== type)) {
    throw madeUpCursor();
  }
  return key as { [K in keyof S]: S[K] extends 'number' ? number : string };
}

/** For a cursor that is none of ours. */
export function madeUpCursor(): InvalidRequest {
  return new InvalidRequest([
    {
      field: 'cursor',
      message: {
        en: 'must be a nextCursor of this list with the same sort and filters; leave it out to begin again',
        da: 'skal være en nextCursor fra denne liste med samme sort og filtre; udelad den for at begynde forfra',
      },
    },
  ]);
}

function parse(cursor: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
