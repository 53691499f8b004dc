import { createHash } from 'node:crypto';
import type { EntitySchemaWithMeta } from '@mikro-orm/core';
import { type KyselyPlugin, type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import { decodeCursor, encodeCursor, madeUpCursor, type Page } from '../http/paging.js';
import { isId, type Id } from '../values/id.js';
import { inOrderOf } from './in-order-of.js';
import { bin } from './query.js';

/** What a list may be sorted by: an index holds the column and then the id, so that a page is read without sorting. */
export interface ListSort {
  /** Null: the id itself is what sorts. */
  readonly column: string | null;
  /** The value within a cursor, as the database compares it; undefined when it is none. */
  readonly read: (key: unknown) => string | number | Date | undefined;
}

export const byText = (column: string): ListSort => ({
  column,
  read: (key) => (typeof key === 'string' ? key : undefined),
});

export const byNumber = (column: string): ListSort => ({
  column,
  read: (key) => (typeof key === 'number' ? key : undefined),
});

export const byInstant = (column: string): ListSort => ({
  column,
  read: (key) => (typeof key === 'number' && Math.abs(key) <= 8.64e15 ? new Date(key) : undefined),
});

/** In the order of coming into being: ids grow with time. */
export const byAge: ListSort = { column: null, read: () => undefined };

/** What a list may be narrowed by: the condition that a value of the query means. */
export type ListFilter<Value> = (value: Value) => RawBuilder<boolean>;

export const is =
  <Value extends string | number | boolean>(column: string): ListFilter<Value> =>
  (value) =>
    sql`${sql.ref(column)} = ${value}`;

export const isIdOf =
  (column: string): ListFilter<Id> =>
  (value) =>
    sql`${sql.ref(column)} = ${bin(value)}`;

type Filters = Readonly<Record<string, ListFilter<never>>>;

interface Declared<Sort extends string, F extends Filters> {
  /** Whose rows they are, where one school may have a great many: a later page is read from its cursor on. */
  readonly of?: EntitySchemaWithMeta;
  /** The column of the id, with its table where the query joins others. */
  readonly id?: string;
  readonly sorts: Readonly<Record<Sort, ListSort>>;
  /** In whose order the list is when nobody asks for another. */
  readonly defaultSort: Direction<NoInfer<Sort>>;
  readonly filters?: F;
}

/** The name of a sort as a query says it; a leading minus turns it round. */
export type Direction<Sort extends string> = Sort | `-${Sort}`;

/** What somebody may ask of a list. Everything else he asks (a search, dates) is the reader's own to apply. */
export type Asked<L> =
  L extends List<infer Sort, infer F>
    ? { readonly limit: number; readonly cursor?: string; readonly sort?: Direction<Sort> } & {
        // A list that declares none has them by no name.
        readonly [Name in keyof F as string extends Name ? never : Name]?: Parameters<F[Name]>[0];
      }
    : never;

interface Order {
  readonly name: string;
  readonly sort: ListSort;
  readonly descends: boolean;
}

type AnyQuery = SelectQueryBuilder<Record<string, Record<string, unknown>>, string, { id: Id; list_key?: unknown }>;

/**
 * How one list is paged, sorted and filtered, declared once: `ListQuery(list)` validates and documents the question,
 * `list.page()` answers it. A cursor belongs to its question: with another sort or filter it is refused.
 */
export class List<Sort extends string, F extends Filters = Filters> {
  readonly sorts: readonly Direction<Sort>[];
  readonly defaultSort: Direction<Sort>;
  private readonly id: string;

  constructor(private readonly declared: Declared<Sort, F>) {
    const names = Object.keys(declared.sorts) as Sort[];
    this.sorts = names.flatMap((name): Direction<Sort>[] => [name, `-${name}`]);
    this.defaultSort = declared.defaultSort;
    this.id = declared.id ?? 'id';
  }

  /** The page that is asked for of the rows that `query` selects with their ids. @throws InvalidRequest naming `cursor` */
  async page<DB, TB extends keyof DB, Row extends { readonly id: Id }>(
    query: SelectQueryBuilder<DB, TB, Row>,
    asked: Asked<List<Sort, F>>,
  ): Promise<Page<Row>> {
    const order = this.orderOf(asked.sort ?? this.defaultSort);
    const question = fingerprint(order, asked);
    let rows = this.narrowed(query as unknown as AnyQuery, asked);
    if (asked.cursor !== undefined) {
      rows = rows.where(this.after(order, asked.cursor, question));
      const byIndex = this.indexFor(order, asked);
      if (byIndex) rows = rows.withPlugin(byIndex);
    }
    const found = await this.ordered(rows, order)
      .limit(asked.limit + 1)
      .execute();
    const kept = found.slice(0, asked.limit);
    const last = found.length > asked.limit ? kept.at(-1) : undefined;
    const nextCursor = last ? encodeCursor({ question, id: last.id, ...keyOf(last.list_key) }) : null;
    for (const row of kept) delete row.list_key;
    return { items: kept as unknown as Row[], nextCursor };
  }

  private indexFor({ sort: { column } }: Order, asked: Readonly<Record<string, unknown>>): KyselyPlugin | null {
    const filters = Object.keys(this.declared.filters ?? {}).filter((name) => asked[name] !== undefined);
    return this.declared.of && column ? inOrderOf(this.declared.of, column.split('.').at(-1)!, filters) : null;
  }

  private orderOf(asked: Direction<Sort>): Order {
    const descends = asked.startsWith('-');
    const name = (descends ? asked.slice(1) : asked) as Sort;
    return { name: asked, sort: this.declared.sorts[name], descends };
  }

  private narrowed(query: AnyQuery, asked: Readonly<Record<string, unknown>>): AnyQuery {
    return Object.entries(this.declared.filters ?? {})
      .filter(([name]) => asked[name] !== undefined)
      .reduce((narrowed, [name, filter]) => narrowed.where(filter(asked[name] as never)), query);
  }

  private ordered(query: AnyQuery, { sort, descends }: Order): AnyQuery {
    const direction = descends ? 'desc' : 'asc';
    const byId = (rows: AnyQuery) => rows.orderBy(sql.ref(this.id), direction);
    if (sort.column === null) return byId(query);
    const key = sql.ref(sort.column);
    return byId(query.select(key.as('list_key')).orderBy(key, direction));
  }

  private after({ sort, descends }: Order, cursor: string, question: string): RawBuilder<boolean> {
    const shape = { question: 'string', id: 'string' } as const;
    const read: { question: string; id: string; key?: unknown } = decodeCursor(cursor, shape)!;
    const value = sort.read(read.key);
    if (read.question !== question || !isId(read.id) || (sort.column !== null && value === undefined))
      throw madeUpCursor();
    const beyond = sql.raw(descends ? '<' : '>');
    const id = sql.ref(this.id);
    if (sort.column === null) return sql`${id} ${beyond} ${bin(read.id)}`;
    const key = sql.ref(sort.column);
    // The first condition alone gives the index its range.
    return sql`(${key} ${beyond}= ${value} and (${key} ${beyond} ${value} or ${id} ${beyond} ${bin(read.id)}))`;
  }
}

function keyOf(value: unknown): { key?: string | number } {
  if (value === undefined) return {};
  return { key: value instanceof Date ? value.getTime() : (value as string | number) };
}

/** Of the order and everything else that is asked, except how much and from where. */
function fingerprint({ name }: Order, asked: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries({ ...asked, sort: name, limit: undefined, cursor: undefined })
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 12);
}
