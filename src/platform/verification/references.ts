import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { globalQuery } from '../database/query.js';

interface Reference {
  readonly name: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly parent: string;
  readonly parentColumns: readonly string[];
}

interface KeyColumn {
  readonly name: string;
  readonly table: string;
  readonly column: string;
  readonly parent: string;
  readonly parentColumn: string;
}

/**
 * Proves that every reference leads somewhere, in the same school, and that every school_id is a school's. The database refuses
 * anything else, unless its checks were off: while a backup was restored, for one.
 */
@Injectable()
export class References {
  constructor(private readonly em: EntityManager) {}

  /** @returns a line per reference that does not hold; none is good */
  async verify(onProgress: (done: number, total: number) => void = () => undefined): Promise<string[]> {
    const references = [...(await this.foreignKeys()), ...(await this.schoolIds())];
    const findings: string[] = [];
    for (const [index, reference] of references.entries()) {
      const orphans = await this.orphans(reference);
      if (orphans > 0) findings.push(`${reference.table}: ${orphans} rows whose ${reference.name} leads nowhere`);
      onProgress(index + 1, references.length);
    }
    return findings;
  }

  private async foreignKeys(): Promise<Reference[]> {
    const { rows } = await sql<KeyColumn>`
      SELECT constraint_name AS name, table_name AS \`table\`, column_name AS \`column\`,
        referenced_table_name AS parent, referenced_column_name AS parentColumn
      FROM information_schema.key_column_usage
      WHERE table_schema = DATABASE() AND referenced_table_name IS NOT NULL
      ORDER BY table_name, constraint_name, ordinal_position`.execute(this.db);
    const byName = Map.groupBy(rows, ({ table, name }) => `${table}.${name}`);
    return [...byName.values()].map((columns) => ({
      ...columns[0]!,
      columns: columns.map(({ column }) => column),
      parentColumns: columns.map(({ parentColumn }) => parentColumn),
    }));
  }

  private async schoolIds(): Promise<Reference[]> {
    const { rows } = await sql<{ table: string }>`
      SELECT table_name AS \`table\` FROM information_schema.columns
      WHERE table_schema = DATABASE() AND column_name = 'school_id' ORDER BY table_name`.execute(this.db);
    return rows.map(({ table }) => ({
      name: 'school_id',
      table,
      columns: ['school_id'],
      parent: 'schools',
      parentColumns: ['id'],
    }));
  }

  private async orphans({ table, columns, parent, parentColumns }: Reference): Promise<number> {
    const pairs = columns.map(
      (column, index) => sql`child.${sql.ref(column)} = parent.${sql.ref(parentColumns[index]!)}`,
    );
    const given = columns.map((column) => sql`child.${sql.ref(column)} IS NOT NULL`);
    const { rows } = await sql<{ n: number }>`
      SELECT COUNT(*) AS n FROM ${sql.table(table)} AS child WHERE ${sql.join(given, sql` AND `)}
        AND NOT EXISTS (SELECT 1 FROM ${sql.table(parent)} AS parent WHERE ${sql.join(pairs, sql` AND `)})`.execute(
      this.db,
    );
    return rows[0]!.n;
  }

  private get db() {
    return globalQuery<object>(this.em);
  }
}
