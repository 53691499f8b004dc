import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { defineEntity, MikroORM } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/mysql';
import type { AppConfig } from '../../src/platform/config/app.config.js';
import { CannotOpen, Encryption } from '../../src/platform/crypto/encryption.js';
import { RotateKeys } from '../../src/platform/crypto/rotate-keys.js';
import { id, sealed } from '../../src/platform/database/columns.js';
import { ormOptions } from '../../src/platform/database/orm-options.js';
import { bin, globalQuery, type Tables } from '../../src/platform/database/query.js';
import { serverFlavour } from '../../src/platform/database/server-flavour.js';
import { type Id, newId } from '../../src/platform/values/id.js';
import { dropDatabase, emptyDatabase } from '../support/database-server.js';

const VaultSchema = defineEntity({
  name: 'Vault',
  tableName: 'vaults',
  properties: { id: id().primary(), login: sealed(), seed: sealed().nullable() },
});

let orm: MikroORM;
let em: EntityManager;
let url: string;

beforeAll(async () => {
  url = await emptyDatabase('keys');
  orm = await MikroORM.init(
    ormOptions({ url, flavour: await serverFlavour({ url }), entities: [VaultSchema], poolSize: 2 }),
  );
  em = orm.em.fork() as EntityManager;
  await orm.schema.create();
});

afterAll(async () => {
  await orm.close();
  await dropDatabase(url);
});

const [first, second] = ['the key that was in force last year', 'the key that is in force this year.'] as const;
const using = (encryptionKey: string, ...acceptedEncryptionKeys: string[]) =>
  new Encryption({ encryptionKey, acceptedEncryptionKeys } as unknown as AppConfig);
const db = () => globalQuery<Tables<typeof VaultSchema>>(em);

async function put(encryption: Encryption, vault: Id, seed: string | null): Promise<void> {
  const seal = (text: string, column: string) => encryption.seal(text, `vaults.${column}:${vault}`);
  const values = { login: seal(`login of ${vault}`, 'login'), seed: seed && seal(seed, 'seed') };
  await db()
    .insertInto('vaults')
    .values({ id: bin(vault), ...values })
    .execute();
}

async function assertOpens(encryption: Encryption, vault: Id, seed: string | null): Promise<void> {
  const row = await db().selectFrom('vaults').selectAll().where('id', '=', bin(vault)).executeTakeFirstOrThrow();
  expect(encryption.open(row.login, `vaults.login:${vault}`)).toBe(`login of ${vault}`);
  expect(row.seed && encryption.open(row.seed, `vaults.seed:${vault}`)).toBe(seed);
}

it('seals everything anew, in batches, so that the old key can be forgotten; once done there is nothing to do', async () => {
  const vaults = Array.from({ length: 1_203 }, () => newId());
  for (const [index, vault] of vaults.entries()) await put(using(first), vault, index % 2 ? `seed ${index}` : null);
  const latest = newId();
  await put(using(second), latest, 'of today');

  const rotate = new RotateKeys(orm, em, using(second, first));
  const seen: number[] = [];
  expect(await rotate.execute((done, total) => seen.push(done, total))).toBe(1_203 + 601);
  expect(seen.slice(-2)).toEqual([1_804, 1_804]);
  expect(await rotate.execute()).toBe(0);

  for (const [index, vault] of vaults.entries())
    await assertOpens(using(second), vault, index % 2 ? `seed ${index}` : null);
  await assertOpens(using(second), latest, 'of today');
});

it('leaves what it cannot open as it is, and says so', async () => {
  const vault = newId();
  await put(using('a key that nobody has written down.'), vault, 'lost');
  await expect(new RotateKeys(orm, em, using(second, first)).execute()).rejects.toThrow(CannotOpen);
  await assertOpens(using('a key that nobody has written down.'), vault, 'lost');
});
