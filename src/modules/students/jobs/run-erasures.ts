import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { EventOf } from '../../../platform/outbox/event.js';
import { Handles, Postponed } from '../../../platform/outbox/handles.js';
import { PersonalData } from '../../../platform/privacy/personal-data.js';
import { Schedule } from '../../../platform/schedules/schedule.js';
import { acrossSchools, inSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { type LocalDate, localDate } from '../../../platform/values/zone.js';
import { ErasureRequested } from '../domain/privacy/privacy-events.js';
import { type ErasurePartSchema, StudentErasure } from '../domain/privacy/student-erasure.js';
import { StudentDirectory } from '../queries/student-directory.js';
import { ErasePart } from '../use-cases/erase-part.js';
import { FinishErasure } from '../use-cases/finish-erasure.js';

type Db = Tables<typeof ErasurePartSchema>;

const zone = 'Europe/Copenhagen';
const anHour = 3_600_000;

/** Erases part by part, each in its own transaction: killed between two, the next run goes on where it ended. */
@Injectable()
export class RunErasures {
  constructor(
    private readonly em: EntityManager,
    private readonly personalData: PersonalData,
    private readonly students: StudentDirectory,
    private readonly erasePart: ErasePart,
    private readonly finishErasure: FinishErasure,
    private readonly clock: Clock,
  ) {}

  @Handles(ErasureRequested, { name: 'students.erase', mode: 'external' })
  async begin({ payload: { erasureId } }: EventOf<ErasureRequested>): Promise<void> {
    const { studentId } = await this.em.findOneOrFail(StudentErasure, { id: erasureId });
    // Somebody booked or paid while it was asked for: it waits until that is settled.
    const objections = await this.personalData.objectionsTo(await this.students.get(studentId));
    if (objections.length > 0) throw new Postponed(new Date(this.clock.now().getTime() + anHour), objections[0]!.code);
    await this.run(erasureId, localDate(this.clock.now(), zone));
  }

  /** What the law has kept until today. */
  @Schedule('students.erase-what-was-kept', { daily: '03:20' })
  async runDue(now: Date): Promise<void> {
    const today = localDate(now, zone);
    const failures: unknown[] = [];
    for (const { schoolId, erasureId } of await this.due(today)) {
      await inSchool(schoolId, () => this.run(erasureId, today)).catch((error: unknown) => failures.push(error));
    }
    // One that fails keeps none of the others from its day.
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} erasures could not go on`);
  }

  private async run(erasureId: Id, today: LocalDate): Promise<void> {
    const parts = schoolQuery<Db>(this.em).selectFrom('student_erasure_parts').select('part');
    for (const { part } of await parts.where('erasure_id', '=', bin(erasureId)).orderBy('part').execute()) {
      await this.erasePart.execute(erasureId, part, today);
    }
    await this.finishErasure.execute(erasureId);
  }

  private due(today: LocalDate) {
    return acrossSchools('what the law kept of any school’s students and keeps no longer', () =>
      globalQuery<Db>(this.em)
        .selectFrom('student_erasure_parts')
        .select(['school_id as schoolId', 'erasure_id as erasureId'])
        .distinct()
        .where('state', '=', 'kept')
        .where('due_on', '<=', today)
        .execute(),
    );
  }
}
