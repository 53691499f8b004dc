import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { AddLessonType } from '../../src/modules/schools/index.js';
import { lessonTypeInput } from '../../src/modules/schools/testing/school-inputs.js';
import type { Id } from '../../src/platform/values/id.js';
import { Client } from './support/client.js';
import { Cluster } from './support/cluster.js';
import { judge, untilDone } from './support/judge.js';
import { someTime } from './support/load.js';
import { openShop, type Shop } from './support/shop.js';
import { size } from './support/size.js';
import { Transcript } from './support/transcript.js';

/*
 * Everybody wants the same times of the same three teachers, in lessons of unequal lengths that overlap, through two processes.
 */
const clients = size('CLIENTS', 8, 50);
const times = size('TIMES', 15, 100);
const lengths = [30, 45, 60, 90];

interface Wish {
  readonly teacher: Id;
  readonly student: Id;
  readonly starts: number;
  readonly ends: number;
}

let cluster: Cluster;
let shop: Shop;

beforeAll(async () => {
  cluster = await Cluster.open({ all: 2 });
  shop = await openShop(cluster.test, 'contention', { teachers: 3, students: clients });
}, 400_000);
afterAll(() => cluster?.close(), 60_000);

it(
  `${clients} clients who want ${times} times each get each time once, and are refused only for what somebody has`,
  async () => {
    const lessonTypes = await Promise.all(lengths.map(lessonTypeOf));
    const transcript = new Transcript();
    const client = new Client(cluster.urls, shop.school.id, transcript);
    const won: Wish[] = [];
    const refused: Wish[] = [];
    await Promise.all(
      shop.students.map(async ({ id: student }) => {
        for (let time = 0; time < times; time++) {
          const kind = Math.floor(Math.random() * lengths.length);
          const { id: teacher } = shop.teachers[time % shop.teachers.length]!;
          // Few enough days that most wishes meet.
          const startsAt = someTime({ weeks: 1, until: 26 });
          const lesson = { lessonTypeId: lessonTypes[kind], studentId: student, teacherId: teacher, startsAt };
          const { status, body } = await client.post<{ id: Id; startsAt: string }>('/bookings', shop.office, lesson);
          const starts = Date.parse(startsAt);
          (status === 201 ? won : refused).push({ teacher, student, starts, ends: starts + lengths[kind]! * 60_000 });
          if (status === 201) transcript.note(body.id, { did: 'booked', startsAt: body.startsAt });
        }
      }),
    );
    await untilDone(cluster, 120);
    console.log(transcript.summary());

    expect([...transcript.counts.keys()].sort()).toEqual(['201', 'booking.slot_taken']);
    expect(transcript.failures).toEqual([]);
    const needlessly = refused.filter((wish) => !won.some((other) => isInTheWay(other, wish)));
    expect(needlessly).toEqual([]);
    expect(await judge({ test: cluster.test, shop, transcript })).toEqual([]);
  },
  120_000 + clients * times * 100,
);

async function lessonTypeOf(minutes: number): Promise<Id> {
  const type = lessonTypeInput({ name: `${minutes} minutter`, minutes, needsVehicle: false });
  const { id } = await shop.school.run(() => cluster.test.app.get(AddLessonType, { strict: false }).execute(type));
  return id;
}

function isInTheWay(other: Wish, wish: Wish): boolean {
  const meets = other.teacher === wish.teacher || other.student === wish.student;
  return meets && other.starts < wish.ends && wish.starts < other.ends;
}
