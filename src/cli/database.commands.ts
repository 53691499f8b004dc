import { MikroORM } from '@mikro-orm/core';
import type { Command } from 'commander';
import { entities } from '../entities.js';
import { readSectionFromEnvironment } from '../platform/config/environment.js';
import { DatabaseConfig } from '../platform/database/database.config.js';
import { ormOptions } from '../platform/database/orm-options.js';
import { migratePatiently, waitsBriefly } from '../platform/database/patient-migrations.js';
import { type DatabaseAddress, openConnection, serverFlavour } from '../platform/database/server-flavour.js';

export function addDatabaseCommands(program: Command): void {
  program
    .command('migrate')
    .description('bring the database to the schema of this version')
    .option('--down-to <migration>', 'go back to that migration; 0 for an empty database')
    .action(({ downTo }: { downTo?: string }) => migrate(downTo));
}

async function migrate(downTo?: string): Promise<void> {
  const { url, tls } = readSectionFromEnvironment(DatabaseConfig);
  const orm = await MikroORM.init({
    ...ormOptions({
      url,
      tls,
      flavour: await serverFlavour({ url, tls }),
      entities,
      poolSize: 2,
      settings: [waitsBriefly],
    }),
    logger: () => undefined,
  });
  migratePatiently(orm, { say: (line) => console.log(line) });
  try {
    const done = await oneAtATime({ url, tls }, () =>
      downTo === undefined ? orm.migrator.up() : orm.migrator.down({ to: downTo === '0' ? 0 : downTo }),
    );
    console.log(
      done.length === 0
        ? 'The database is up to date.'
        : `${downTo === undefined ? 'Applied' : 'Undid'} ${done.length} migrations.`,
    );
  } finally {
    await orm.close();
  }
}

// Two deployments that start together must not both create the same table.
async function oneAtATime<T>(address: DatabaseAddress, work: () => Promise<T>): Promise<T> {
  const connection = await openConnection(address);
  try {
    const [rows] = await connection.query("SELECT GET_LOCK('just-driving.migrate', 300) AS held");
    if ((rows as { held: number }[])[0]?.held !== 1)
      throw new Error('Another migration is running; try again when it is done.');
    return await work();
  } finally {
    await connection.end();
  }
}
