import { MikroORM } from '@mikro-orm/core';
import { entities } from '../../src/entities.js';
import { ormOptions } from '../../src/platform/database/orm-options.js';
import { serverFlavour } from '../../src/platform/database/server-flavour.js';
import { emptyDatabase } from './database-server.js';
import { copyOfSchema, keepSchema, restoreSchema } from './schema-copy.js';

/** A database of this worker's own: the first one is migrated, the others are copies of what that gave. @returns its URL */
export async function migratedDatabase(name = 'app', server?: string): Promise<string> {
  const url = await emptyDatabase(name, server);
  const schema = await copyOfSchema(url);
  if (schema) {
    await restoreSchema(url, schema);
    return url;
  }
  const orm = await MikroORM.init({
    ...ormOptions({ url, flavour: await serverFlavour({ url }), entities, poolSize: 2 }),
    logger: () => undefined,
  });
  await orm.migrator.up();
  await orm.close();
  await keepSchema(url);
  return url;
}
