import type { EntitySchemaWithMeta } from '@mikro-orm/core';
import type { EntityManager, InferKyselyDB } from '@mikro-orm/mysql';
import { type Kysely, type KyselyPlugin, type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import { acrossReason, currentSchool } from '../tenancy/tenancy.js';
import { type Id, idFromBytes, idToBytes } from '../values/id.js';

declare const stored: unique symbol;

/** An id as a column holds it: reads as text, and is compared with bin(id) alone, so that text never meets binary(16). */
export type StoredId = Id & { readonly [stored]: true };

type StoredColumns<Columns> = {
  [Name in keyof Columns]: Columns[Name] extends Id
    ? StoredId
    : Columns[Name] extends Id | null
      ? StoredId | null
      : Columns[Name];
};

/** The Kysely tables of some entity schemas: `Tables<typeof BookingSchema | typeof StudentSchema>`, columns in snake_case. */
export type Tables<Schema extends EntitySchemaWithMeta> = {
  [Table in keyof InferKyselyDB<Schema>]: StoredColumns<InferKyselyDB<Schema>[Table]>;
};

/** Binds an id as the sixteen bytes the database keeps. */
export function bin(id: Id): RawBuilder<StoredId> {
  return sql<StoredId>`${idToBytes(id)}`;
}

const onlyLiterals = /^(?:x'[0-9a-f]{32}'(?:,|$))+$/;

/** For `in`: the ids in one piece, as literals. A parameter for each would cost more than all the rest of the statement. */
export function bins(ids: readonly Id[]): RawBuilder<StoredId>[] {
  if (ids.length === 0) return [];
  const literals = `x'${ids.join("',x'").replaceAll('-', '')}'`;
  if (!onlyLiterals.test(literals)) throw new TypeError('not an id');
  return [sql.raw(literals)];
}

// Every binary(16) is an id, and there are no other bytes of that length.
const idsAsText: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  transformResult: async ({ result }) => {
    for (const row of result.rows) {
      for (const column in row) {
        const value = row[column];
        if (Buffer.isBuffer(value) && value.length === 16) row[column] = idFromBytes(value);
      }
    }
    return result;
  },
};

// One for each pool and each transaction: making it costs more than the rest of a query's beginning.
const withIds = new WeakMap<object, Kysely<unknown>>();

/** Kysely in the ambient transaction, without any school's filter: for tables that belong to no school, and for writes. */
export function globalQuery<DB>(em: EntityManager): Kysely<DB> {
  const plain = em.getContext(false).getKysely<unknown>();
  const known = withIds.get(plain) ?? plain.withPlugin(idsAsText);
  withIds.set(plain, known);
  return known as Kysely<DB>;
}

/**
 * For onDuplicateKeyUpdate(): a school's row that is there already stays as it is and is this transaction's to write.
 * IGNORE would only share it, and of two who share what both want to write one is sent back.
 */
export const lockedAsItIs = { school_id: sql<StoredId>`school_id` };

/** The tables of a DB that belong to a school. */
type SchoolTable<DB> = { [Table in keyof DB]: DB[Table] extends { school_id: unknown } ? Table : never }[keyof DB] &
  string;

/** Reads that see the current school's rows alone; a join goes on (school_id, id). */
export function schoolQuery<DB>(em: EntityManager) {
  return {
    selectFrom<Table extends SchoolTable<DB>>(table: Table): SelectQueryBuilder<DB, Table, object> {
      const query = globalQuery<{ owned: { school_id: StoredId } }>(em).selectFrom(table as 'owned');
      const owned = acrossReason()
        ? query
        : query.where(sql.ref<StoredId>(`${table}.school_id`), '=', bin(currentSchool()));
      return owned as unknown as SelectQueryBuilder<DB, Table, object>;
    },
  };
}
