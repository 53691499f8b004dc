import { EntityManager } from '@mikro-orm/mysql';
import type { INestApplicationContext } from '@nestjs/common';
import { withOwnEntityManager } from '../platform/database/context.js';
import type { SchoolSchema } from '../modules/schools/index.js';
import { AppConfig } from '../platform/config/app.config.js';
import { globalQuery, type Tables } from '../platform/database/query.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { localDate } from '../platform/values/zone.js';
import type { MovableClock } from './demo-clock.js';
import { DemoCourse } from './demo-course.js';
import { DemoHistory } from './demo-history.js';
import { demoLessons } from './demo-lessons.js';
import { DemoFounding } from './demo-founding.js';
import { DemoMoney } from './demo-money.js';
import { DemoNeighbours } from './demo-neighbours.js';
import { DemoPlans } from './demo-plans.js';
import { demoTimeline } from './demo-timeline.js';

/**
 * Makes Nordhavn Køreskole: its people and places, six weeks of lessons, invoices and payments around the clock's time, and a
 * course, a series, an exam, prices, a package, a till and rules for what comes; it is listed in a directory and teaches theory online. The same day gives the same school. Nobody is sent anything about it.
 * @param clock the application's own, put back to where it stood
 * @throws Error in production
 */
export async function seedDemo(app: INestApplicationContext, clock: MovableClock, password: string): Promise<void> {
  if (app.get(AppConfig).environment === 'production') throw new Error('There is no demo school in production.');
  const now = clock.now();
  await withOwnEntityManager(app.get(EntityManager), () =>
    Outbox.muted(async () => {
      const people = await new DemoFounding(app, clock, password).found(now);
      await new DemoNeighbours(app).introduce(people);
      await new DemoCourse(app, clock, people).announce(now);
      const money = new DemoMoney(app, clock, people);
      await money.open(now);
      const lessons = demoLessons(localDate(now, people.zone), people.zone);
      await new DemoHistory(app, clock, people).live(demoTimeline(lessons, now, people.zone));
      await money.openTill(now);
      const ofFirst = lessons.filter(({ teacher }) => teacher === 0);
      await new DemoPlans(app, people).agree(
        now,
        ofFirst.map(({ startsAt }) => startsAt),
      );
    }),
  );
  clock.set(now);
}

/** True when there is no school at all. */
export async function isEmpty(app: INestApplicationContext): Promise<boolean> {
  const schools = globalQuery<Tables<typeof SchoolSchema>>(app.get<EntityManager>(EntityManager))
    .selectFrom('schools')
    .select('id');
  return (await schools.limit(1).executeTakeFirst()) === undefined;
}
