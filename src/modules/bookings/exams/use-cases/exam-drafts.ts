import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import type { Texts } from '../../../../platform/http/problem.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { TimeRange } from '../../../../platform/values/time-range.js';
import { deadlineOf, drivenClassOf, LessonResources, Scheduling, type LicenceClass } from '../../../schools/index.js';
import type { StudentRecord } from '../../../students/index.js';
import { checkReach } from '../../domain/booking-policy.js';
import { UnknownReference } from '../../domain/errors.js';
import { claimsOfExam, type ExamBlock } from '../domain/exam-claims.js';
import { InvalidExam } from '../domain/exam-problems.js';
import { deadlineNotice } from '../domain/exam-settings.js';
import type { ExamKind } from '../domain/exam-state.js';
import type { ExamTime } from '../domain/exam.js';
import { ExamSettingsReader } from '../queries/exam-settings-reader.js';
import type { ExamDraft } from './exam-placer.js';

export interface ExamWish extends Omit<ExamTime, 'cancelBy'> {
  readonly id: Id;
  readonly kind: ExamKind;
  readonly licenceClass: LicenceClass;
  readonly student: StudentRecord;
}

const needed: Texts = {
  en: 'must be given: a practical exam is driven with a teacher',
  da: 'skal angives: en praktisk prøve køres med en kørelærer',
};
const notNeeded: Texts = {
  en: 'must be left out: a theory exam takes neither teacher nor vehicle',
  da: 'skal udelades: en teoriprøve kræver hverken kørelærer eller bil',
};

/** Everything about a wished exam that can be refused without locking anything. */
@Injectable()
export class ExamDrafts {
  constructor(
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
    private readonly resources: LessonResources,
    private readonly settings: ExamSettingsReader,
  ) {}

  /** @throws InThePast | TooFarAhead | InvalidExam | UnknownReference */
  async draft(actor: Actor, { id, kind, licenceClass, student, ...time }: ExamWish): Promise<ExamDraft> {
    checkReach(actor, time.startsAt, this.clock.now());
    checkParties(kind, time);
    const rules = await this.settings.rules();
    const notice = deadlineNotice(rules);
    const [calendar, teacher, vehicle] = [
      await this.scheduling.noticeCalendar([notice]),
      await this.teacher(licenceClass, time.teacherId),
      await this.vehicle(licenceClass, time.vehicleId),
    ];
    const block: ExamBlock = {
      ...time,
      endsAt: TimeRange.ofMinutes(time.startsAt, time.minutes).end,
      studentResourceId: student.resourceId,
      teacherResourceId: teacher,
      vehicleResourceId: vehicle,
    };
    const cancelBy = deadlineOf(notice, time.startsAt, calendar);
    return { id, block, claims: claimsOfExam(block), time: { ...time, cancelBy }, rules, zone: calendar.zone };
  }

  private async teacher(licenceClass: LicenceClass, id: Id | null): Promise<number | null> {
    if (id === null) return null;
    const found = (await this.scheduling.teachersFor({ licenceClass })).find((each) => each.id === id);
    if (!found) throw new UnknownReference('teacherId');
    return found.resourceId;
  }

  private async vehicle(licenceClass: LicenceClass, id: Id | null): Promise<number | null> {
    if (id === null) return null;
    // A school may write its car down under the class that it teaches in it.
    for (const vehicleClass of new Set([licenceClass, drivenClassOf(licenceClass)])) {
      const vehicles = await this.resources.vehiclesFor({ licenceClass, vehicleClass });
      const found = vehicles.find((each) => each.id === id);
      if (found) return found.resourceId;
    }
    throw new UnknownReference('vehicleId');
  }
}

function checkParties(kind: ExamKind, { teacherId, vehicleId }: Pick<ExamTime, 'teacherId' | 'vehicleId'>): void {
  if (kind === 'practical') {
    if (teacherId === null) throw new InvalidExam([{ field: 'teacherId', message: needed }]);
    return;
  }
  const given = Object.entries({ teacherId, vehicleId }).filter(([, id]) => id !== null);
  if (given.length > 0) throw new InvalidExam(given.map(([field]) => ({ field, message: notNeeded })));
}
