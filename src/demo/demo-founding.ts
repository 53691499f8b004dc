import { EntityManager } from '@mikro-orm/mysql';
import type { INestApplicationContext } from '@nestjs/common';
import { CreatePlatformAdmin, InviteUser, SetPassword } from '../modules/identity/index.js';
import {
  AddLessonType,
  AddTeacher,
  AddTimeOff,
  AddVehicle,
  CreateSchool,
  Scheduling,
} from '../modules/schools/index.js';
import { EnrolStudent, StudentDirectory, UpdateStudent } from '../modules/students/index.js';
import { type PersonActor, personActor } from '../platform/auth/actor.js';
import { inTransaction } from '../platform/database/transaction.js';
import { inSchool } from '../platform/tenancy/tenancy.js';
import type { Id } from '../platform/values/id.js';
import type { MovableClock } from './demo-clock.js';
import { demoLessonTypes, demoSchool, demoStatuses, demoStudents, demoTeachers, demoVehicles } from './demo-data.js';
import { DemoPlaces } from './demo-places.js';

const day = 24 * 3_600_000;
/** How long ago the school opened. */
const age = 120 * day;

export interface DemoMember {
  readonly id: Id;
  readonly actor: PersonActor;
}

/** The school before its first lesson. */
export interface DemoPeople {
  readonly schoolId: Id;
  /** Who runs the platform. */
  readonly adminId: Id;
  readonly zone: string;
  readonly owner: PersonActor;
  readonly teachers: readonly DemoMember[];
  readonly students: readonly DemoMember[];
  readonly lessonTypeIds: readonly Id[];
  readonly vehicleIds: readonly Id[];
  /** The classroom. */
  readonly roomId: Id;
  readonly branchIds: readonly Id[];
}

/** Opens the demo school some months ago and fills it, one enrolment a day. */
export class DemoFounding {
  constructor(
    private readonly app: INestApplicationContext,
    private readonly clock: MovableClock,
    private readonly password: string,
  ) {}

  async found(now: Date): Promise<DemoPeople> {
    const opened = new Date(now.getTime() - age);
    this.clock.set(opened);
    const adminId = await this.get(CreatePlatformAdmin).execute({
      email: 'admin@justdriving.example',
      name: 'Drift',
      password: this.password,
    });
    const school = await this.get(CreateSchool).execute(demoSchool);
    return inSchool(school.id, () =>
      inTransaction(this.get(EntityManager), async () => {
        const owner = await this.owner(school.id);
        const teachers = await each(demoTeachers, async (input) =>
          this.teacher(school.id, (await this.get(AddTeacher).execute(input)).id),
        );
        const places = await new DemoPlaces(this.app).open();
        const vehicles = await each(demoVehicles, (vehicle) => this.get(AddVehicle).execute(vehicle));
        const lessonTypes = await each(demoLessonTypes, (type) => this.get(AddLessonType).execute(type));
        const students = await each(demoStudents, (_, index) => this.student(school.id, opened, index));
        await this.plan(owner, teachers, now);
        for (const member of [owner, teachers[0]!.actor, students[0]!.actor])
          await this.get(SetPassword).execute(member.userId, this.password);
        return {
          schoolId: school.id,
          adminId,
          zone: school.zone,
          owner,
          teachers,
          students,
          lessonTypeIds: lessonTypes.map(({ id }) => id),
          vehicleIds: vehicles.map(({ id }) => id),
          ...places,
        };
      }),
    );
  }

  private async owner(schoolId: Id): Promise<PersonActor> {
    const { userId } = await this.get(InviteUser).execute({ ...demoSchool.owner, role: 'owner' });
    return personActor(userId, schoolId, 'owner');
  }

  private async teacher(schoolId: Id, id: Id): Promise<DemoMember> {
    const { userId } = await this.get(Scheduling).teacher(id);
    return { id, actor: personActor(userId, schoolId, 'teacher') };
  }

  private async student(schoolId: Id, opened: Date, index: number): Promise<DemoMember> {
    this.clock.set(new Date(opened.getTime() + (index + 1) * day));
    const { id } = await this.get(EnrolStudent).execute(demoStudents[index]!);
    const status = demoStatuses.get(index);
    if (status) await this.get(UpdateStudent).execute(id, { status });
    const { userId } = await this.get(StudentDirectory).get(id);
    return { id, actor: personActor(userId, schoolId, 'student') };
  }

  /** A teacher's holiday after the weeks that have lessons. */
  private async plan(owner: PersonActor, teachers: readonly DemoMember[], now: Date): Promise<void> {
    const startsAt = new Date(now.getTime() + 23 * day);
    const endsAt = new Date(now.getTime() + 30 * day);
    await this.get(AddTimeOff).execute(owner, teachers[1]!.id, { startsAt, endsAt, reason: 'Ferie' });
  }

  private get<T>(type: new (...args: never[]) => T): T {
    return this.app.get<T>(type, { strict: false });
  }
}

async function each<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const [index, item] of items.entries()) results.push(await work(item, index));
  return results;
}
