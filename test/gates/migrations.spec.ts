import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MikroORM } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/mysql';
import { entities } from '../../src/entities.js';
import { ormOptions } from '../../src/platform/database/orm-options.js';
import { serverFlavour } from '../../src/platform/database/server-flavour.js';
import { dropDatabase, emptyDatabase } from '../support/database-server.js';

// What migrations add beyond the entities on purpose: composite foreign keys, checks and triggers.
const handWritten = [/^set names/i, /drop foreign key/i, /drop constraint/i, /drop check/i, /drop trigger/i];

describe('the migrations', () => {
  let url: string;
  let orm: MikroORM;
  let em: EntityManager;

  beforeAll(async () => {
    url = await emptyDatabase('migrations');
    orm = await MikroORM.init({
      ...ormOptions({ url, flavour: await serverFlavour({ url }), entities, poolSize: 2 }),
      logger: () => undefined,
      schemaGenerator: { ignoreTriggers: true },
    } as never);
    em = orm.em.fork() as EntityManager;
  });

  afterAll(async () => {
    await orm.close();
    await dropDatabase(url);
  });

  const tables = async () =>
    (
      await em.execute<{ name: string }[]>(
        "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name <> 'migrations' ORDER BY 1",
      )
    ).map(({ name }) => name);

  it('build every entity’s table from nothing, exactly as the code describes it', async () => {
    await orm.migrator.up();
    const difference = await orm.schema.getUpdateSchemaSQL({ safe: false, dropTables: false });
    const statements = difference
      .split(/;\s*\n/)
      .map((statement) => statement.trim())
      .filter(Boolean);
    expect(statements.filter((statement) => !handWritten.some((known) => known.test(statement)))).toEqual([]);
  });

  it('let no row of a school point at another school’s row', async () => {
    const references = await em.execute<{ name: string; columns: string }[]>(`
      SELECT CONCAT(k.table_name, '.', k.constraint_name) AS name, GROUP_CONCAT(k.column_name ORDER BY k.ordinal_position) AS columns
      FROM information_schema.key_column_usage k
      WHERE k.table_schema = DATABASE() AND k.referenced_table_name IS NOT NULL
        AND EXISTS (SELECT 1 FROM information_schema.columns c WHERE c.table_schema = DATABASE() AND c.table_name = k.table_name AND c.column_name = 'school_id')
        AND EXISTS (SELECT 1 FROM information_schema.columns c WHERE c.table_schema = DATABASE() AND c.table_name = k.referenced_table_name AND c.column_name = 'school_id')
      GROUP BY k.table_name, k.constraint_name`);
    expect(references.length).toBeGreaterThan(5);
    // What may be a partner's instead of a school's is held by its owner in either way.
    const isOwned = (columns: string) => columns.split(',').some((each) => ['school_id', 'partner'].includes(each));
    expect(references.filter(({ columns }) => !isOwned(columns))).toEqual([]);
  });

  it('never turn a reference into nothing behind the application’s back', async () => {
    const rules = await em.execute<{ name: string }[]>(
      "SELECT constraint_name AS name FROM information_schema.referential_constraints WHERE constraint_schema = DATABASE() AND delete_rule = 'SET NULL'",
    );
    expect(rules).toEqual([]);
  });

  it('can be undone to nothing and done again', async () => {
    const before = await tables();
    expect(before.length).toBeGreaterThan(10);
    await orm.migrator.down({ to: 0 });
    expect(await tables()).toEqual([]);
    await orm.migrator.up();
    expect(await tables()).toEqual(before);
  });
});
