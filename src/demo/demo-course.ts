import { EntityManager } from '@mikro-orm/mysql';
import type { INestApplicationContext } from '@nestjs/common';
import {
  ChangeCourse,
  EnrolInCourse,
  JoinCourseWaitingList,
  PlanCourse,
  SaveCoursePlan,
  type CoursePlanDetails,
} from '../modules/bookings/index.js';
import { inTransaction } from '../platform/database/transaction.js';
import { inSchool } from '../platform/tenancy/tenancy.js';
import { localDate } from '../platform/values/zone.js';
import type { MovableClock } from './demo-clock.js';
import type { DemoPeople } from './demo-founding.js';
import { comingMonday } from './demo-days.js';

const day = 24 * 3_600_000;
/** How long ago the course was planned: before the first of the lessons was booked. */
const planned = 45 * day;
const capacity = 12;

const topics = [
  'Introduktion og færdselslovens grundregler',
  'Bilens indretning og udstyr',
  'Manøvrer og vejens forløb',
  'Vigepligt, vejkryds og rundkørsler',
  'Trafikantadfærd og orientering',
  'Motorvej, overhaling og afstand',
  'Særlige risikoforhold, alkohol og træthed',
  'Repetition og prøveklar teori',
];

const plan: CoursePlanDetails = {
  name: 'Teorihold, kategori B',
  licenceClass: 'B',
  sessions: topics.map((topic) => ({ topic, minutes: 180 })),
  weekly: [
    { weekday: 1, time: '17:30' },
    { weekday: 3, time: '17:30' },
  ],
  capacity,
  price: { amount: 240_000, currency: 'DKK' },
  vatRateBp: 2_500,
};

/** The evening class that begins next week: announced in good time, a student a day, until one had to wait. */
export class DemoCourse {
  constructor(
    private readonly app: INestApplicationContext,
    private readonly clock: MovableClock,
    private readonly people: DemoPeople,
  ) {}

  async announce(now: Date): Promise<void> {
    const { schoolId, owner, teachers, students, zone, roomId } = this.people;
    const announced = now.getTime() - planned;
    const inOne = (work: () => Promise<void>) => inTransaction(this.get(EntityManager), work);
    await inSchool(schoolId, () =>
      inOne(async () => {
        this.clock.set(new Date(announced));
        const { id: planId } = await this.get(SaveCoursePlan).add(plan);
        const startsOn = comingMonday(localDate(now, zone));
        const where = { teacherId: teachers[0]!.id, roomId, skipHolidays: true };
        const course = await this.get(PlanCourse).execute(owner, { planId, startsOn, ...where });
        await this.get(ChangeCourse).turn(owner, course.id, 'open');
        for (const [index, { id, actor }] of students.slice(0, capacity + 1).entries()) {
          this.clock.set(new Date(announced + (index + 1) * day));
          if (index < capacity) await this.get(EnrolInCourse).execute(actor, course.id, {});
          else await this.get(JoinCourseWaitingList).execute(actor, course.id, id);
        }
      }),
    );
  }

  private get<T>(type: new (...args: never[]) => T): T {
    return this.app.get<T>(type, { strict: false });
  }
}
