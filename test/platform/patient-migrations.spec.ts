import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MikroORM } from '@mikro-orm/core';
import { createConnection, type Connection } from 'mysql2/promise';
import { entities } from '../../src/entities.js';
import { ormOptions } from '../../src/platform/database/orm-options.js';
import { migratePatiently, waitsBriefly } from '../../src/platform/database/patient-migrations.js';
import { serverFlavour } from '../../src/platform/database/server-flavour.js';
import { dropDatabase, emptyDatabase } from '../support/database-server.js';
import { until } from '../support/until.js';

let url: string;
let orm: MikroORM;
let holder: Connection;
let reader: Connection;
const asked: string[] = [];

beforeAll(async () => {
  url = await emptyDatabase('patience');
  const flavour = await serverFlavour({ url });
  orm = await MikroORM.init(ormOptions({ url, flavour, entities, poolSize: 2, settings: [waitsBriefly] }));
  migratePatiently(orm, { pauseMs: 300, say: (line) => asked.push(line) });
  const uri = url.replace(/^mariadb:/, 'mysql:');
  [holder, reader] = [await createConnection(uri), await createConnection(uri)];
  await reader.query('CREATE TABLE shelf (id int PRIMARY KEY)');
  await reader.query('INSERT INTO shelf VALUES (1)');
  await reader.query('CREATE TABLE book (shelf_id int NOT NULL REFERENCES shelf (id))');
});
afterAll(async () => {
  await Promise.all([holder?.end(), reader?.end(), orm?.close()]);
  await dropDatabase(url);
});

it('a change of a table in use lets others pass until its turn comes', async () => {
  await holder.beginTransaction();
  await holder.query('SELECT * FROM shelf');
  const changed = orm.em.getConnection().execute('ALTER TABLE shelf ADD COLUMN colour varchar(9) NULL');
  // Whoever came after a change that waits on and on would not be answered before the holder has ended.
  await until(async () => {
    await reader.query('SELECT * FROM shelf');
    return asked.length >= 3;
  }, 60);
  await holder.rollback();
  await changed;
  const [columns] = await reader.query('SHOW COLUMNS FROM shelf');
  expect(columns).toHaveLength(2);
  expect(asked[0]).toBe('in use, asks again: ALTER TABLE shelf ADD COLUMN colour varchar(9) NULL');
});

it('a change gives way to somebody it waits for and who waits for it', async () => {
  await holder.beginTransaction();
  await holder.query('INSERT INTO book VALUES (1)');
  const changed = orm.em.getConnection().execute('ALTER TABLE shelf ADD COLUMN width int NULL');
  await until(() => asked.some((line) => line.includes('ADD COLUMN width')));
  await holder.query('SELECT * FROM shelf');
  await holder.commit();
  await changed;
  expect(asked.at(-1)).toContain('ADD COLUMN width');
}, 30_000);

it('a change that is wrong is not asked for again', async () => {
  const before = asked.length;
  await expect(orm.em.getConnection().execute('ALTER TABLE shelf DROP COLUMN weight')).rejects.toThrow('weight');
  expect(asked).toHaveLength(before);
});
