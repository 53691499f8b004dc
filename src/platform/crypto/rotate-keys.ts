import { type EntityMetadata, type EntityProperty, MikroORM } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { SealedType } from '../database/columns.js';
import { globalQuery } from '../database/query.js';
import { idToBytes, type Id } from '../values/id.js';
import { Encryption } from './encryption.js';

const batchSize = 500;
const smallestId = '00000000-0000-0000-0000-000000000000';

interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** Of the table: one column of sixteen bytes. */
  readonly key: string;
}

interface SealedRow {
  readonly id: Id;
  readonly sealed: string;
}

/** How far it is: `done` of `total` values. */
export type OnProgress = (done: number, total: number) => void;

/**
 * Seals anew, with the key in force, whatever another key has sealed. The application goes on meanwhile; ended halfway, it is
 * simply run again.
 */
@Injectable()
export class RotateKeys {
  constructor(
    private readonly orm: MikroORM,
    private readonly em: EntityManager,
    private readonly encryption: Encryption,
  ) {}

  /** @returns how many values were sealed anew @throws CannotOpen when a value's key is not among the accepted ones */
  async execute(onProgress: OnProgress = () => undefined): Promise<number> {
    const columns = this.columns();
    const total = await this.count(columns);
    let done = 0;
    for (const column of columns) {
      for await (const rows of this.batches(column)) {
        for (const row of rows) await this.sealAnew(column, row);
        onProgress((done += rows.length), total);
      }
    }
    return done;
  }

  private columns(): SealedColumn[] {
    return [...this.orm.getMetadata().getAll().values()].flatMap((meta) =>
      meta.props.filter(({ customType }) => customType instanceof SealedType).map((prop) => columnOf(meta, prop)),
    );
  }

  private async count(columns: readonly SealedColumn[]): Promise<number> {
    let total = 0;
    for (const { table, column } of columns) {
      const { rows } = await sql<{ n: number }>`
        SELECT COUNT(*) AS n FROM ${sql.table(table)} WHERE ${sql.ref(column)} NOT LIKE ${this.ofCurrentKey}`.execute(
        this.db,
      );
      total += rows[0]!.n;
    }
    return total;
  }

  /** What another key has sealed, in the order of the primary key. */
  private async *batches({ table, column, key }: SealedColumn): AsyncGenerator<SealedRow[]> {
    for (let after = idToBytes(smallestId); ;) {
      const { rows } = await sql<SealedRow>`
        SELECT ${sql.ref(key)} AS id, ${sql.ref(column)} AS sealed FROM ${sql.table(table)}
        WHERE ${sql.ref(key)} > ${after} AND ${sql.ref(column)} NOT LIKE ${this.ofCurrentKey}
        ORDER BY ${sql.ref(key)} LIMIT ${batchSize}`.execute(this.db);
      if (rows.length === 0) return;
      yield rows;
      after = idToBytes(rows.at(-1)!.id);
    }
  }

  // What somebody has changed meanwhile is sealed with the key in force already, and stays as it is.
  private async sealAnew({ table, column, key }: SealedColumn, { id, sealed }: SealedRow): Promise<void> {
    const context = `${table}.${column}:${id}`;
    const anew = this.encryption.seal(this.encryption.open(sealed, context), context);
    await sql`
      UPDATE ${sql.table(table)} SET ${sql.ref(column)} = ${anew}
      WHERE ${sql.ref(key)} = ${idToBytes(id)} AND ${sql.ref(column)} = ${sealed}`.execute(this.db);
  }

  private get ofCurrentKey(): string {
    return `${this.encryption.currentMark}%`;
  }

  private get db() {
    return globalQuery<object>(this.em);
  }
}

function columnOf(
  { tableName, primaryKeys, properties, className }: EntityMetadata,
  prop: EntityProperty,
): SealedColumn {
  const key = primaryKeys.length === 1 ? properties[primaryKeys[0] as never] : undefined;
  if (!key) throw new Error(`${className} keeps a sealed value: its primary key must be one id`);
  return { table: tableName, column: prop.fieldNames[0]!, key: key.fieldNames[0]! };
}
