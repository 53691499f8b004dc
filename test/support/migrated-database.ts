import { MikroORM } from '@mikro-orm/core';
import { entities } from '../../src/entities.js';
import { ormOptions } from '../../src/platform/database/orm-options.js';
import { serverFlavour } from '../../src/platform/database/server-flavour.js';
import { emptyDatabase } from './database-server.js';

/** A freshly migrated database of this worker's own. @returns its URL */
export async function migratedDatabase(name = 'app'): Promise<string> {
  const url = await emptyDatabase(name);
  const orm = await MikroORM.init({
    ...ormOptions({ url, flavour: await serverFlavour({ url }), entities, poolSize: 2 }),
    logger: () => undefined,
  });
  await orm.migrator.up();
  await orm.close();
  return url;
}
