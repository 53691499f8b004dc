import { type EntitySchema, MikroORM } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { type DynamicModule, Global, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { configProvider } from '../config/config.module.js';
import { boundRollback } from './bounded-rollback.js';
import { boundWait } from './bounded-wait.js';
import { DatabaseConfig } from './database.config.js';
import { PoolMetrics } from './pool-metrics.js';
import { ormOptions } from './orm-options.js';
import { serverFlavour } from './server-flavour.js';

/** For a connection, where all are in use and none comes back; short enough for a balancer that tries another process. */
const patienceMs = 1_500;
/** For a rollback: whoever asked hears of the failure within two seconds. */
const rollbackPatienceMs = 1_000;

/** Closes the pool last, when everybody else has let go of it. */
@Injectable()
class DatabaseShutdown implements OnApplicationShutdown {
  constructor(private readonly orm: MikroORM) {}

  async onApplicationShutdown(): Promise<void> {
    await this.orm.close();
  }
}

/** One MikroORM for the process, with the driver that the server at DATABASE_URL wants. */
@Global()
@Module({})
export class DatabaseModule {
  static forRoot(entities: EntitySchema[]): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        configProvider(DatabaseConfig),
        {
          provide: MikroORM,
          inject: [DatabaseConfig],
          useFactory: async ({ url, tls, poolSize }: DatabaseConfig) => {
            const flavour = await serverFlavour({ url, tls });
            const orm = await MikroORM.init(ormOptions({ url, tls, poolSize, entities, flavour }));
            await orm.connect();
            boundRollback(orm.em.getConnection(), rollbackPatienceMs);
            boundWait(await orm.em.getConnection().getNativeClient(), patienceMs);
            return orm;
          },
        },
        { provide: EntityManager, inject: [MikroORM], useFactory: (orm: MikroORM) => orm.em },
        DatabaseShutdown,
        PoolMetrics,
      ],
      exports: [MikroORM, EntityManager],
    };
  }
}
