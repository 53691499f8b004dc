import { type EntitySchema, RequestContext } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { defineConfig as defineMariaDb } from '@mikro-orm/mariadb';
import { defineConfig as defineMySql, type Options } from '@mikro-orm/mysql';
import { CompiledQuery, type DatabaseConnection } from 'kysely';
import { fileURLToPath } from 'node:url';
import { ownEntityManager } from './context.js';
import type { DatabaseAddress, ServerFlavour } from './server-flavour.js';
import { TenancySubscriber } from './tenancy.subscriber.js';
import { typeCast } from './type-cast.js';

export interface OrmSettings extends DatabaseAddress {
  readonly flavour: ServerFlavour;
  readonly entities: EntitySchema[];
  readonly poolSize: number;
  /** What its connections say besides `sessionSettings`. */
  readonly settings?: readonly string[];
}

const migrationsFolder = fileURLToPath(new URL('../../../migrations', import.meta.url));

/** The one description of how we talk to the database, on either server. */
export function ormOptions({ url, tls, flavour, entities, poolSize, settings = [] }: OrmSettings): Options {
  const options: Options = {
    clientUrl: url.replace(/^mariadb:/, 'mysql:'),
    entities,
    charset: 'utf8mb4',
    collate: 'utf8mb4_danish_ci',
    timezone: 'Z',
    forceUtcTimezone: true,
    ignoreUndefinedInQuery: false,
    pool: { min: 0, max: poolSize },
    driverOptions: { typeCast, enableKeepAlive: true, ...(tls && { ssl: tls }) },
    onCreateConnection: (connection) => introduce(connection, [...sessionSettings, ...settings]),
    subscribers: [new TenancySubscriber()],
    context: () => ownEntityManager() ?? RequestContext.getEntityManager(),
    extensions: [Migrator],
    migrations: {
      path: migrationsFolder,
      pathTs: migrationsFolder,
      // The compiled files when compiled, the sources under a test's own compiler.
      glob: import.meta.url.endsWith('.ts') ? 'Migration*.ts' : 'Migration*.js',
      tableName: 'migrations',
      transactional: false,
      allOrNothing: false,
      snapshot: false,
      emit: 'ts',
    },
  };
  return flavour === 'mariadb' ? defineMariaDb(options as never) : defineMySql(options);
}

/** What each connection says first: before each transaction, it would be a round trip more in every one. */
export const sessionSettings = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  // Each list has one index that ends in its order; an intersection of two has to be sorted afterwards, all of it.
  "SET SESSION optimizer_switch = 'index_merge_intersection=off'",
];

async function introduce(connection: unknown, statements: readonly string[]): Promise<void> {
  for (const statement of statements) {
    await (connection as DatabaseConnection).executeQuery(CompiledQuery.raw(statement));
  }
}
