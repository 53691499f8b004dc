import type { EntityManager } from '@mikro-orm/mysql';

/** Written by a refusal too, each for a reason. */
const writtenByRefusals = [
  // Who was refused is what an audit log is for.
  'audit_entries',
  // The relay leases what earlier requests left; what a request itself leaves begins in outbox_events.
  'outbox_deliveries',
  // When somebody was last seen does not depend on what he was told.
  'sessions',
  'api_keys',
];

/** A checksum of every table, to see whether anything was written in between. */
export class TableMarks {
  private constructor(
    private readonly em: EntityManager,
    private readonly tables: readonly string[],
  ) {}

  static async of(em: EntityManager): Promise<TableMarks> {
    const rows = await em
      .fork()
      .execute<{ name: string }[]>(
        'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
      );
    return new TableMarks(
      em,
      rows.map(({ name }) => name).filter((name) => !writtenByRefusals.includes(name)),
    );
  }

  async now(): Promise<Map<string, string>> {
    const list = this.tables.map((table) => `\`${table}\``).join(', ');
    const rows = await this.em.fork().execute<{ Table: string; Checksum: unknown }[]>(`CHECKSUM TABLE ${list}`);
    return new Map(rows.map(({ Table, Checksum }) => [Table.split('.').at(-1)!, String(Checksum)]));
  }
}

/** Tables that were written between two marks. */
export function writtenBetween(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...after.keys()].filter((table) => before.get(table) !== after.get(table));
}
