import type { INestApplicationContext } from '@nestjs/common';
import { BookSeries, ConfigureBooking, JoinWaitingList, PlanExam } from '../modules/bookings/index.js';
import { AddClosingDays } from '../modules/schools/index.js';
import { inSchool } from '../platform/tenancy/tenancy.js';
import { addDays, atLocal, localDate, localTime, weekdayOf, type LocalDate } from '../platform/values/zone.js';
import { comingMonday, firstWorkday, nextHoliday } from './demo-days.js';
import type { DemoPeople } from './demo-founding.js';

// By then the diary has no lessons any more, so that teacher and car are free.
const examAfterDays = 24;
const seriesTimes = ['10:00', '12:30', '14:30'];

/** What the demo school has agreed on today: its rules, and what lies ahead besides single lessons. */
export class DemoPlans {
  constructor(
    private readonly app: INestApplicationContext,
    private readonly people: DemoPeople,
  ) {}

  /** @param taken when the first teacher gives lessons; the series lies between them */
  async agree(now: Date, taken: readonly Date[]): Promise<void> {
    const today = localDate(now, this.people.zone);
    await inSchool(this.people.schoolId, async () => {
      await this.exam(today);
      await this.series(today, taken);
      await this.waiters();
      await this.rules();
      const { date, name } = nextHoliday(today);
      await this.get(AddClosingDays).execute(this.people.owner, [{ date, name: name.da }]);
    });
  }

  private async exam(today: LocalDate): Promise<void> {
    const { owner, students, teachers, vehicleIds, zone } = this.people;
    await this.get(PlanExam).execute(owner, {
      studentId: students[20]!.id,
      kind: 'practical',
      startsAt: atLocal(firstWorkday(addDays(today, examAfterDays)), '09:00', zone),
      minutes: 60,
      setupMinutes: 30,
      bufferMinutes: 30,
      place: 'Prøvested København Nord',
      teacherId: teachers[0]!.id,
      vehicleId: vehicleIds[0]!,
      feeStatus: 'paid',
    });
  }

  private async series(today: LocalDate, taken: readonly Date[]): Promise<void> {
    const { owner, students, teachers, lessonTypeIds, zone } = this.people;
    const startsAt = this.free(comingMonday(today), taken);
    await this.get(BookSeries).execute(owner, {
      studentId: students[35]!.id,
      lessonTypeId: lessonTypeIds[0]!,
      teacherId: teachers[0]!.id,
      weekdays: [weekdayOf(localDate(startsAt, zone))],
      time: localTime(startsAt, zone),
      everyWeeks: 1,
      from: localDate(startsAt, zone),
      count: 6,
      onConflict: 'skip',
    });
  }

  private free(monday: LocalDate, taken: readonly Date[]): Date {
    const busy = new Set(taken.map((time) => time.getTime()));
    const week = [0, 1, 2, 3, 4].map((days) => addDays(monday, days));
    const times = week.flatMap((date) => seriesTimes.map((time) => atLocal(date, time, this.people.zone)));
    return times.find((time) => !busy.has(time.getTime()))!;
  }

  /** Each for a teacher, so that other teachers' cancelled times are nobody's here. */
  private async waiters(): Promise<void> {
    const { students, teachers, lessonTypeIds } = this.people;
    const [lesson, double] = [lessonTypeIds[0]!, lessonTypeIds[1]!];
    const join = this.get(JoinWaitingList);
    await join.execute(students[13]!.actor, { lessonTypeId: lesson, teacherId: teachers[1]!.id, weekdays: [1, 2, 3] });
    const late = { earliest: '12:00', latest: '16:30' };
    await join.execute(students[14]!.actor, { lessonTypeId: double, teacherId: teachers[2]!.id, ...late });
  }

  private async rules(): Promise<void> {
    const booking = this.get(ConfigureBooking);
    const standing = await booking.read();
    await booking.execute({ ...standing, noticeMinutes: 120, horizonDays: 60, maxPerDay: 2 });
  }

  private get<T>(type: new (...args: never[]) => T): T {
    return this.app.get<T>(type, { strict: false });
  }
}
