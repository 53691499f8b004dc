import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Logger } from 'nestjs-pino';
import { withOwnEntityManager } from '../platform/database/context.js';
import { AppModule } from '../app.module.js';
import { actingAs } from '../platform/audit/acting.js';
import type { Clock } from '../platform/values/clock.js';

/** The application without HTTP, jobs and schedules, for one command. */
export async function withApplication<T>(
  work: (app: INestApplicationContext) => Promise<T>,
  clock?: Clock,
): Promise<T> {
  const app = await NestFactory.createApplicationContext(AppModule.forRoot({ jobs: false, clock }), {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  try {
    return await actingAs({ kind: 'operator', id: null, role: null }, () =>
      withOwnEntityManager(app.get(EntityManager), () => work(app)),
    );
  } finally {
    await app.close();
  }
}
